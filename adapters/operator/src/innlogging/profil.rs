//! What the known sign-in services need, as data. Each value can be set otherwise in the configuration.

use serde::Deserialize;

/// A known service, or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profil {
    /// ID-porten: knows the person. Says nothing of where he works.
    Idporten,
    /// Ansattporten: knows the person and whom he may act for.
    Ansattporten,
    /// Feide: knows the person and his school owner.
    Feide,
    /// Microsoft Entra ID: knows the person and his roles.
    Entra,
    /// Something else that speaks OpenID Connect.
    #[default]
    Annet,
}

/// What a profile says where the configuration does not. Places in claims are written like paths; `*` is every element.
pub(super) struct Standard {
    pub scopes: &'static [&'static str],
    pub acr_values: &'static [&'static str],
    pub acr_krav: &'static [&'static str],
    pub orgnr_krav: &'static [&'static str],
    pub rolle_krav: &'static [&'static str],
}

impl Profil {
    pub(super) const fn standard(self) -> Standard {
        match self {
            Self::Idporten => Standard {
                scopes: &["openid", "profile"],
                acr_values: &["idporten-loa-substantial"],
                acr_krav: &["idporten-loa-substantial", "idporten-loa-high"],
                orgnr_krav: &[],
                rolle_krav: &[],
            },
            Self::Ansattporten => Standard {
                scopes: &["openid", "profile"],
                acr_values: &["substantial"],
                acr_krav: &["substantial", "high"],
                orgnr_krav: &["/authorization_details/*/reportees/*/ID", "/organization/orgno"],
                rolle_krav: &["/authorization_details/*/resource"],
            },
            Self::Feide => Standard {
                scopes: &["openid", "profile", "email"],
                acr_values: &[],
                acr_krav: &[],
                orgnr_krav: &["/norEduOrgNIN", "/eduPersonOrgDN:norEduOrgNIN/*"],
                rolle_krav: &["/eduPersonAffiliation/*"],
            },
            Self::Entra => Standard {
                scopes: &["openid", "profile", "email"],
                acr_values: &[],
                acr_krav: &[],
                orgnr_krav: &[],
                rolle_krav: &["/roles/*", "/groups/*"],
            },
            Self::Annet => Standard {
                scopes: &["openid", "profile", "email"],
                acr_values: &[],
                acr_krav: &[],
                orgnr_krav: &[],
                rolle_krav: &[],
            },
        }
    }
}
