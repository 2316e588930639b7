//! What a person must do when the issuer refuses a grant: one hint per code.

use crate::wire::ErrorAnswer;

/// A hint that names the code and the way out. The issuer's own text is left out: it is not ours to vouch for.
pub(crate) fn hint(status: u16, answer: Option<&ErrorAnswer>) -> String {
    let Some(answer) = answer else {
        return format!("status {status} without an error we can read; check token_url");
    };
    match (answer.code(), answer.oauth()) {
        (Some(code), _) => format!("MP-{code:03}: {}", way_out(code)),
        (None, Some(oauth)) => format!("{oauth}: {}", way_out_oauth(oauth)),
        (None, None) => format!(
            "status {status} without a code we know; compare the client in Digdir's self-service with the configuration"
        ),
    }
}

fn way_out(code: u16) -> &'static str {
    match code {
        11 => "a parameter is missing or malformed; check scopes, consumer_org and resource",
        12 => "the same grant was used twice; if it comes back, something between us and the issuer repeats requests",
        100 => {
            "the client is not known in this environment; check client_id, and that issuer and client are both test or both production"
        }
        110 => "the audience is wrong; issuer must be the environment's issuer with the slash at the end",
        120 => {
            "the certificate is not accepted; it must be a valid business certificate, and a production certificate is refused in test"
        }
        121 => "the key has expired; register it again, or a new one, in Digdir's self-service and set kid",
        122 => "the certificate belongs to another organisation than the client; use the client owner's certificate",
        123 => "the certificate chain cannot be read; x5c_file must hold the whole chain, leaf first",
        124 => "the signature does not fit; key_file and kid must be the two halves of the same registered key",
        130 => "the grant has expired on arrival; check that this machine's clock is right (ntp)",
        200 | 201 => {
            "the client lacks the scope; add it to the client in Digdir's self-service and check its spelling in scopes"
        }
        250 => {
            "the scope's owner has not given our organisation access; ask the owner, and expect some minutes before it works"
        }
        251 => "consumer_org has not delegated this right to us; have it delegated in Altinn, in the same environment",
        301..=303 => "the rights of the system user are missing or malformed; have the system user approved in Altinn",
        _ => "a code we have no hint for; look it up in Digdir's documentation of Maskinporten",
    }
}

fn way_out_oauth(error: &str) -> &'static str {
    match error {
        "invalid_grant" => {
            "the grant was refused without a code; an expired or unregistered key, a wrong issuer and a wrong clock all look like this"
        }
        "invalid_client" | "unauthorized_client" => {
            "check client_id, and that the client is of the kind maskinporten and active"
        }
        "invalid_scope" => "check the spelling of scopes, and that the client has them",
        _ => "check token_url, scopes, consumer_org and resource",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_code_has_its_own_way_out() {
        let unknown = way_out(999);
        for code in [11, 12, 100, 110, 120, 121, 122, 123, 124, 130, 200, 201, 250, 251, 301, 302, 303] {
            assert_ne!(way_out(code), unknown, "MP-{code:03}");
        }
    }

    #[test]
    fn the_issuers_text_is_not_repeated() {
        let answer = serde_json::from_str(r#"{"error":"<script>","error_description":"42827700122 MP-100"}"#).unwrap();
        let text = hint(400, Some(&answer));
        assert!(text.starts_with("MP-100: ") && !text.contains("4282") && !text.contains("script"), "{text}");
    }
}
