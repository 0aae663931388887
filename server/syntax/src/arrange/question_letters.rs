//! `4. (c) Yes`: the letter of a question is no portion mark where the paragraph before answers `(b)`.

use crate::cable::Paragraph;
use crate::span::Span;

use super::Arranger;

impl Arranger<'_> {
    /// Takes the marks away that are letters of a list.
    pub(super) fn settle_question_letters(&mut self) {
        let mut before: Option<u8> = None;
        for index in 0..self.body.paragraphs.len() {
            let paragraph = &self.body.paragraphs[index];
            let letter = self.small_letter(paragraph);
            let goes_on = letter.zip(before).is_some_and(|(letter, before)| letter == before + 1);
            let marker = &mut self.body.paragraphs[index].marker;
            if let Some(mark) = marker.value.mark.filter(|mark| goes_on && !mark.entire_text) {
                let number_end = marker.value.number.end;
                // Up to the period; the blank after it belongs to neither.
                let between = Span::new(number_end, mark.span.start);
                let written = marker.at(between).text(self.text).trim_end().len() as u32;
                marker.value.mark = None;
                marker.value.text = mark.span.start;
                marker.value.span.end = number_end + written;
            }
            before = letter;
        }
    }

    /// The small letter in brackets that a paragraph begins with.
    fn small_letter(&self, paragraph: &Paragraph) -> Option<u8> {
        let marker = &paragraph.marker;
        if marker.value.mark_first {
            return None;
        }
        let start =
            marker.value.mark.map_or_else(|| marker.at(marker.value.span).end, |mark| marker.at(mark.span).start);
        let text = self.text.get(start as usize..)?.trim_start_matches(' ').as_bytes();
        match text {
            [b'(', letter @ b'a'..=b'z', b')', ..] => Some(*letter),
            _ => None,
        }
    }
}
