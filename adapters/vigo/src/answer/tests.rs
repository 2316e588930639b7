use super::*;
use reqwest::StatusCode;
use serde_json::{Value, json};

const EXPECTED_LINES: usize = 2;

fn expected() -> Expected {
    Expected { orgnr: "974738368".parse().unwrap(), skolear: "2026-2027".parse().unwrap(), lines: EXPECTED_LINES }
}

fn reply(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply {
        status: StatusCode::from_u16(status).unwrap(),
        retry_after: None,
        etag: None,
        html: false,
        body: Ok(body.into()),
    }
}

fn submission(status: &str) -> Value {
    json!({
        "@context": {"vigoskole": "https://novari.no/ontology/vigoskole#"}, "@type": "vigoskole:Submission",
        "submissionId": "3f1c3e0a-55a1-4c6e-9d3f-0d2b8c3b7f11", "schoolYear": "2026-2027", "status": status,
        "school": {"orgNumber": "974738368", "name": "Fjellsiden ungdomsskole", "schoolNumber": "46505"},
        "supplier": null, "submittedBy": "991825827", "receivedDate": "2026-11-21T08:00:00Z",
        "validationResults": [
            {"lineNumber": 2, "classCode": "10A", "personalIdentityNumberStatus": "Fiktivt f-nr", "name": "Runa O'Syntetisk",
             "messages": [{"field": "personalIdentityNumber", "code": "SYNTHETIC_IDENTITY_NUMBER", "severity": "WARNING", "message": "Fiktivt"}]},
            {"lineNumber": 1, "classCode": "10B", "personalIdentityNumberStatus": "F-nr", "name": "Ærlig Ågotnes", "messages": []},
        ],
    })
}

fn outcome(reply: &Reply) -> Outcome {
    match read(reply, &expected()) {
        Meaning::Outcome(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn changed(change: impl FnOnce(&mut Value)) -> Outcome {
    let mut body = submission("ACCEPTED");
    change(&mut body);
    outcome(&reply(201, body.to_string()))
}

#[test]
fn an_accepted_list_gives_its_id_and_warnings() {
    let Outcome::Delivered(svar) = outcome(&reply(201, submission("ACCEPTED_WITH_WARNINGS").to_string())) else {
        panic!("not delivered");
    };
    assert_eq!(svar.id.as_deref(), Some("3f1c3e0a-55a1-4c6e-9d3f-0d2b8c3b7f11"));
    let warning = Merknad {
        linje: 2,
        felt: "personalIdentityNumber".into(),
        kode: "SYNTHETIC_IDENTITY_NUMBER".into(),
        feil: false,
    };
    assert_eq!(svar.merknader, [warning]);
}

#[test]
fn an_acceptance_that_does_not_fit_what_was_sent_is_unknown() {
    type Change = fn(&mut Value);
    let changes: [Change; 10] = [
        |b| b["school"]["orgNumber"] = json!("974738473"),
        |b| b["school"] = json!(null),
        |b| b["schoolYear"] = json!("2025-2026"),
        |b| b["status"] = json!("REJECTED"),
        |b| b["status"] = json!(17),
        |b| drop(b["validationResults"].as_array_mut().unwrap().pop()),
        |b| b["validationResults"][0]["lineNumber"] = json!(1),
        |b| b["validationResults"][0]["lineNumber"] = json!(3),
        |b| b["validationResults"][0]["lineNumber"] = json!(0),
        |b| b["validationResults"] = json!({}),
    ];
    for (nr, change) in changes.into_iter().enumerate() {
        assert!(matches!(changed(change), Outcome::Unknown { .. }), "change {nr}");
    }
}

#[test]
fn a_success_that_cannot_be_read_is_unknown() {
    for body in ["", "{", "[]", "null", "<html></html>", "{\"status\":\"ACCEPTED\"}"] {
        for status in [200, 201, 202, 204] {
            assert!(matches!(outcome(&reply(status, body)), Outcome::Unknown { .. }), "{status} {body}");
        }
    }
    let cut = Reply { body: Err("the connection broke"), ..reply(201, "") };
    assert!(matches!(outcome(&cut), Outcome::Unknown { hint } if hint.contains("the connection broke")));
    let page = Reply { html: true, ..reply(200, "<html>") };
    assert!(matches!(outcome(&page), Outcome::Unknown { hint } if hint.contains("web page")));
}

fn error(code: &str, submission: Option<Value>) -> String {
    json!({"errorCode": code, "message": "Elev Ærlig Ågotnes 05911099839", "timestamp": "…", "submission": submission})
        .to_string()
}

#[test]
fn refused_lines_are_named() {
    let mut body = submission("REJECTED");
    body["validationResults"][1]["messages"] =
        json!([{"field": "classCode", "code": "MISSING_CLASS_CODE", "severity": "ERROR"}]);
    let Outcome::Rejected(Avslag::Linjer(svar)) = outcome(&reply(400, error("VALIDATION_ERROR", Some(body)))) else {
        panic!("not refused by line");
    };
    let seen: Vec<_> = svar.merknader.iter().map(|m| (m.linje, m.kode.as_str(), m.feil)).collect();
    assert_eq!(seen, [(1, "MISSING_CLASS_CODE", true), (2, "SYNTHETIC_IDENTITY_NUMBER", false)]);
    assert!(svar.id.is_some());
}

#[test]
fn a_severity_that_we_do_not_know_is_an_error() {
    let mut body = submission("REJECTED");
    body["validationResults"][0]["messages"][0]["severity"] = json!("FATAL");
    let refused = outcome(&reply(400, error("VALIDATION_ERROR", Some(body))));
    assert!(matches!(refused, Outcome::Rejected(Avslag::Linjer(svar)) if svar.merknader[0].feil));
}

#[test]
fn a_refusal_of_lines_without_a_line_at_fault_is_unexplained() {
    let mut foreign = submission("REJECTED");
    foreign["validationResults"][0]["lineNumber"] = json!(99);
    for body in [None, Some(submission("REJECTED")), Some(foreign)] {
        let refused = outcome(&reply(400, error("VALIDATION_ERROR", body)));
        assert_eq!(refused, Outcome::Rejected(Avslag::Uforklart { kode: "VALIDATION_ERROR".into() }));
    }
}

#[test]
fn a_request_that_is_wrong_is_ours() {
    let ugyldig = |kode: &str| Outcome::Rejected(Avslag::Ugyldig { kode: kode.into() });
    assert_eq!(outcome(&reply(400, error("BAD_REQUEST", None))), ugyldig("BAD_REQUEST"));
    assert_eq!(outcome(&reply(400, "<html>")), ugyldig("HTTP_400"));
    for status in [406, 411, 413, 415, 422, 431] {
        assert_eq!(outcome(&reply(status, "")), ugyldig(&format!("HTTP_{status}")));
    }
}

#[test]
fn the_services_own_refusals_are_judged_by_their_text() {
    let body = |message| json!({"errorCode": "FORBIDDEN", "message": message}).to_string();
    for (message, phrase) in
        [("Det finnes allerede en godkjent innsending", Phrase::AlreadyDelivered), ("", Phrase::Other)]
    {
        for status in [403, 404, 409] {
            let meaning = read(&reply(status, body(message)), &expected());
            assert!(matches!(meaning, Meaning::Refused(p, code) if p == phrase && code == "FORBIDDEN"));
        }
    }
}

#[test]
fn what_stands_in_between_stops_the_whole_sink() {
    for (status, field) in
        [(403, "gateway"), (404, "base_url"), (405, "base_url"), (307, "base_url"), (308, "base_url")]
    {
        for body in ["", "<html>", "{}"] {
            let meaning = read(&reply(status, body), &expected());
            assert!(
                matches!(&meaning, Meaning::Unusable(SinkError::Denied { hint, .. }) if hint.contains(field)),
                "{status}: {meaning:?}"
            );
        }
    }
}

#[test]
fn only_who_says_when_to_come_back_is_asked_again() {
    let wait = |status, retry_after: Option<u64>| {
        let reply = Reply { retry_after: retry_after.map(Duration::from_secs), ..reply(status, "") };
        match outcome(&reply) {
            Outcome::Later { wait, .. } => Some(wait.as_secs()),
            Outcome::Unknown { .. } => None,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((wait(429, Some(7)), wait(429, None), wait(503, Some(9))), (Some(7), Some(60), Some(9)));
    for status in [408, 500, 501, 502, 503, 504, 520, 599, 300, 301, 302, 303] {
        assert_eq!(wait(status, None), None, "{status}");
    }
    assert_eq!(wait(500, Some(9)), None);
}

#[test]
fn nothing_personal_passes_through_codes_and_fields() {
    let body = |field: &str, code: &str| {
        let mut body = submission("REJECTED");
        body["validationResults"][0]["messages"] = json!([{"field": field, "code": code, "severity": "ERROR"}]);
        body["submissionId"] = json!("05911099839");
        outcome(&reply(400, error("VALIDATION_ERROR", Some(body))))
    };
    for (field, code) in [("Ærlig Ågotnes", "Runa"), ("05911099839", "05911099839"), ("Runa", "RUNA"), ("a b", "A-1")]
    {
        let Outcome::Rejected(Avslag::Linjer(svar)) = body(field, code) else { panic!("not refused by line") };
        let merknad = &svar.merknader[0];
        assert_eq!((merknad.felt.as_str(), merknad.kode.as_str(), svar.id), ("UNREADABLE", "UNREADABLE", None));
    }
    let refused = outcome(&reply(400, error("Runa 05911099839", None)));
    assert_eq!(refused, Outcome::Rejected(Avslag::Ugyldig { kode: "UNREADABLE".into() }));
}
