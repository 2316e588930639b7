//! The envelope around many resources.

use serde_json::{Value, json};

/// Which part of a collection a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utsnitt {
    /// How many entries lie before the page.
    pub offset: u64,
    /// How many entries were asked for; 0 means all, without paging.
    pub size: u64,
    /// How many entries there are in all.
    pub total: u64,
}

/// A page as FINT writes it. `url` is the collection's address without a query.
///
/// `size` in the answer is the number of entries in it. `prev` is there from the second page on, `next` while entries
/// remain; a collection read in full has neither.
pub fn list(url: &str, entries: Vec<Value>, utsnitt: Utsnitt) -> Value {
    let Utsnitt { offset, size, total } = utsnitt;
    let antall = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let side = |offset: u64| json!([{ "href": format!("{url}?offset={offset}&size={size}") }]);
    let mut lenker = json!({ "self": if size == 0 { json!([{ "href": url }]) } else { side(offset) } });
    if size > 0 && offset > 0 {
        lenker["prev"] = side(offset.saturating_sub(size));
    }
    if size > 0 && offset.saturating_add(size) < total {
        lenker["next"] = side(offset.saturating_add(size));
    }
    json!({
        "_embedded": { "_entries": entries },
        "_links": lenker,
        "offset": offset,
        "size": antall,
        "total_items": total.max(antall),
    })
}

#[cfg(test)]
mod tests {
    use super::{Utsnitt, list};
    use serde_json::{Value, json};

    fn lenker(offset: u64, size: u64, total: u64) -> Value {
        list("https://x.no/utdanning/elev/elev", vec![json!({}), json!({})], Utsnitt { offset, size, total })["_links"]
            .take()
    }

    fn href(query: &str) -> Value {
        json!([{ "href": format!("https://x.no/utdanning/elev/elev{query}") }])
    }

    #[test]
    fn the_only_page_links_to_itself() {
        assert_eq!(lenker(0, 0, 2), json!({ "self": href("") }));
        assert_eq!(lenker(0, 2, 2), json!({ "self": href("?offset=0&size=2") }));
    }

    #[test]
    fn pages_link_to_their_neighbours() {
        let (forste, andre, tredje) = (href("?offset=0&size=2"), href("?offset=2&size=2"), href("?offset=4&size=2"));
        assert_eq!(lenker(0, 2, 6), json!({ "self": forste, "next": andre }));
        assert_eq!(lenker(2, 2, 6), json!({ "self": andre, "prev": forste, "next": tredje }));
        assert_eq!(lenker(4, 2, 6), json!({ "self": tredje, "prev": andre }));
        assert_eq!(lenker(1, 2, 3)["prev"], forste, "never before the beginning");
    }

    #[test]
    fn counts_what_is_there() {
        let side = list("u", vec![json!({ "n": 1 })], Utsnitt { offset: 4, size: 2, total: 5 });
        assert_eq!(side["_embedded"]["_entries"], json!([{ "n": 1 }]));
        assert_eq!((&side["size"], &side["offset"], &side["total_items"]), (&json!(1), &json!(4), &json!(5)));
    }
}
