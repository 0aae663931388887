//! The shapes of values that serde reads by hand, for the schema alone.

use std::collections::BTreeMap;

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum LevelWord {
    Off,
    Hint,
    Information,
    Warning,
    Error,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum StyleWord {
    Plain,
    Pilcrow,
}

#[derive(schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum WrapWord {
    Preserve,
    Unwrap,
}

#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum WrapShape {
    Word(WrapWord),
    Column(u16),
}

#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum CodesShape {
    Meanings(BTreeMap<String, String>),
    Codes(Vec<String>),
}

#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum ArchiveShape {
    Wanted(bool),
    File(String),
}
