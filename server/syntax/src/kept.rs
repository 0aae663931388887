//! What was found of a cable and is kept with it: each fact once somebody has asked for it. How they are found stands in
//! `facts`, above the cable.

use std::sync::OnceLock;

use cable_catalog::Catalog;

use crate::block::Blocks;
use crate::copy_marks::CopyMark;
use crate::decoder::Decodings;
use crate::fields::citation::Citation;
use crate::fields::classification::DamagedClassification;
use crate::paragraph_break::ParagraphBreak;
use crate::span::Span;

/// The facts of one cable, and the catalogue they are found with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    pub(crate) catalog: Catalog,
    /// What the next reading of the cable, after an edit, may take over.
    pub(crate) decodings: Decodings,
    pub(crate) canonical_id: OnceLock<Option<String>>,
    pub(crate) reference_ids: OnceLock<Vec<Option<String>>>,
    pub(crate) own_text: OnceLock<Vec<Span>>,
    pub(crate) citations: OnceLock<Vec<Citation>>,
    pub(crate) listed_letters: OnceLock<Vec<(char, Span)>>,
    pub(crate) blocks: OnceLock<Blocks>,
    pub(crate) damaged_classification: OnceLock<Option<DamagedClassification>>,
    pub(crate) paragraph_breaks: OnceLock<Vec<ParagraphBreak>>,
    pub(crate) copy_marks: OnceLock<Vec<CopyMark>>,
}

impl Kept {
    /// No fact yet, of a cable that is arranged with this catalogue.
    pub(crate) fn of(catalog: &Catalog, decodings: Decodings) -> Self {
        Self { catalog: catalog.clone(), decodings, ..Self::default() }
    }
}

/// Facts follow from the rest of the cable: they make no two cables differ.
impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
