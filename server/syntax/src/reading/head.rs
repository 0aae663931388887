//! The head of a reading: which cable it is, whom it went to, what it is about and what it cites. An index over many cables
//! needs no more, and this much is found without its paragraphs.

use crate::attributes::Attributes;
use crate::cable::Cable;
use crate::canonical_id::CableNumber;

use super::HeadReading;
use super::reader::Reader;

impl HeadReading {
    /// Reads the head of a cable. `first_line` is the index of its first line in the document, from 0.
    pub fn of(cable: &Cable, first_line: usize) -> Self {
        let mut head = Reader { cable, first_line }.head();
        if let Some(block) = cable.attributes_text() {
            head.fill(Attributes { block });
        }
        head
    }

    /// Fills what it lacks from the attributes below its text.
    fn fill(&mut self, attributes: Attributes<'_>) {
        if self.mrn.is_none()
            && let Some((mrn, number)) = attributes.number()
        {
            self.mrn = Some(mrn);
            if self.canonical_id.is_none() {
                self.canonical_id = number.as_ref().and_then(CableNumber::id);
                self.number = number;
            }
        }
        if self.classification.is_none() {
            self.classification = attributes.classification();
        }
        if self.subject.is_none() {
            self.subject = attributes.value("Subject");
        }
        if self.from.is_none() {
            self.from = attributes.value("From");
        }
        if self.tags.is_empty() {
            self.tags = attributes.tags().unwrap_or_default();
        }
    }
}
