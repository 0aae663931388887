//! How a synthetic paragraph number is written: the artefacts of FORMAT.md, "Artefacts".

use super::random::Random;

/// One way of writing a number at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `7.`
    Plain,
    /// `17.` for 7
    AsOne,
    /// `¶7.`
    Kept,
    /// `¶17.` for 7
    KeptAndOne,
    /// `[1](#)7.`
    Link,
    /// `[¶](#par7)7.`
    LinkToParagraph,
    /// `[1](#)17.` for 7
    LinkAndOne,
    /// `$\P7$.`
    Latex,
    /// `$\P17$.` for 7
    LatexAndOne,
    /// `P7.`, `§7.`, `1[7.` or `I[7.`
    Letter,
    /// `P17.` for 7
    LetterAndOne,
    /// `1 7.` for 7
    AsOneWithBlank,
    /// `1 0.` for 10; `7.` has nothing to split
    Split,
    /// `lO.` for 10; only in front of a portion mark
    Confusable,
    /// `- 7.`
    DashPlain,
    /// `- 17.` for 7
    DashAsOne,
    /// `- ¶7.`
    DashKept,
    /// `* ¶17.` for 7
    DashKeptAndOne,
}

impl Style {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Plain,
        Self::AsOne,
        Self::Kept,
        Self::KeptAndOne,
        Self::Link,
        Self::LinkToParagraph,
        Self::LinkAndOne,
        Self::Latex,
        Self::LatexAndOne,
        Self::Letter,
        Self::LetterAndOne,
        Self::AsOneWithBlank,
        Self::Split,
        Self::Confusable,
        Self::DashPlain,
        Self::DashAsOne,
        Self::DashKept,
        Self::DashKeptAndOne,
    ];

    /// `number` with everything up to its period.
    pub(super) fn write(self, number: u32, marked: bool, random: &mut Random) -> String {
        match self {
            Self::AsOne => format!("1{number}."),
            Self::Kept => format!("¶{number}."),
            Self::KeptAndOne => format!("¶1{number}."),
            Self::Link => format!("[1](#){number}."),
            Self::LinkToParagraph => format!("[¶](#par{number}){number}."),
            Self::LinkAndOne => format!("[1](#)1{number}."),
            Self::Latex => format!("$\\P{number}$."),
            Self::LatexAndOne => format!("$\\P1{number}$."),
            Self::Letter => format!("{}{number}.", random.pick(&["P", "§", "1[", "I["])),
            Self::LetterAndOne => format!("P1{number}."),
            Self::AsOneWithBlank => format!("1 {number}."),
            // Without a mark only a split number that begins with 1 is told from a figure in a table.
            Self::Split if (10..20).contains(&number) || (marked && number >= 20) => {
                format!("{} {}.", number / 10, number % 10)
            }
            Self::Confusable if marked && number >= 10 => {
                // `II.` is a Roman numeral to any reader.
                let one = random.pick(if number == 11 { &["l", "|"][..] } else { &["l", "I", "|"] });
                format!("{number}.").replace('1', one).replace('0', random.pick(&["O", "o"]))
            }
            Self::Plain | Self::Split | Self::Confusable => format!("{number}."),
            Self::DashPlain => format!("- {number}."),
            Self::DashAsOne => format!("- 1{number}."),
            Self::DashKept => format!("- ¶{number}."),
            Self::DashKeptAndOne => format!("* ¶1{number}."),
        }
    }
}
