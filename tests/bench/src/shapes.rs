//! Texts of a shape and of about a wanted size, to see how the cost of reading them grows. A shape is something that
//! is there again and again: a real cable never looks like it, a damaged or a hostile file may.

use std::fmt::Write as _;

/// A kind of text.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What is repeated.
    pub name: &'static str,
    /// The part of the cable in which it is.
    place: Place,
    /// The nth repetition, from 0.
    piece: fn(usize) -> String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing but the pieces.
    Alone,
    /// Among the addressees.
    Envelope,
    /// On the lines after the TAGS keyword.
    Tags,
    /// After SUBJECT.
    Subject,
    /// After REF.
    References,
    /// After Classified By.
    Reasons,
    /// The text.
    Body,
    /// Below the signature.
    End,
}

impl Shape {
    /// A text of at least `size` bytes, and less than one piece more, apart from the frame of the cable.
    pub fn text(&self, size: usize) -> String {
        let mut pieces = String::with_capacity(size + 64);
        let mut count = 0;
        while pieces.len() < size {
            pieces.push_str(&(self.piece)(count));
            count += 1;
        }
        if self.place == Place::Alone {
            return pieces;
        }
        let here = |place: Place, otherwise: &'static str| if self.place == place { &*pieces } else { otherwise };
        let mut text = String::with_capacity(pieces.len() + 600);
        let _ = write!(
            text,
            "VZCZCXYZ0001\nPP RUEHC\nDE RUEHTA #0412/01 0661200\nZNY CCCCC ZZH\nP 071200Z MAR 07\nFM AMEMBASSY ASTANA\n\
             TO RUEHC/SECSTATE WASHDC PRIORITY 1234\n{}\nC O N F I D E N T I A L ASTANA 000412\n\nSIPDIS\n\n\
             E.O. 12958: DECL: 03/06/2017\nTAGS: {}\nSUBJECT: {}\nREF: {}\n\nClassified By: Ambassador Jane Roe for \
             reasons {}\n\n{}\n\nROE\n{}\n",
            here(Place::Envelope, ""),
            here(Place::Tags, "PREL, KZ"),
            here(Place::Subject, "WHEAT"),
            here(Place::References, "A. ASTANA 379 B. ALMATY 12"),
            here(Place::Reasons, "1.4 (b) and (d)."),
            here(Place::Body, "1. (C) The wheat is in (ref A).\n\n2. (C) The barley is not."),
            here(Place::End, ""),
        );
        text
    }
}

macro_rules! shapes {
    ($($name:literal in $place:ident: $piece:expr;)*) => {
        /// Every shape.
        pub static SHAPES: &[Shape] =
            &[$(Shape { name: $name, place: Place::$place, piece: $piece }),*];
    };
}

shapes! {
    "plain paragraphs" in Body: |n| format!("{}. (C) The wheat of the north is in, and it is good.\n\n", n + 1);
    "numbers that fall" in Body: |n| format!("{}. The wheat.\n", 9_999 - n % 9_999);
    "numbers without order" in Body: |n| format!("{}. The wheat.\n", n * 7_919 % 997);
    "one number again" in Body: |_| "1. The wheat.\n".to_owned();
    "elevens" in Body: |n| format!("1{}. (C) The wheat.\n\n", n + 1);
    "items with a bracket" in Body: |n| format!("{}) wheat\n", n % 99 + 1);
    "markers inside a line" in Body: |n| format!("The wheat. {}. (C) Barley. ", n + 1);
    "opening brackets" in Body: |_| "(".to_owned();
    "portion marks" in Body: |_| "(SBU)".to_owned();
    "links" in Body: |_| "[x](#)".to_owned();
    "digits and periods" in Body: |_| "1. ".to_owned();
    "one long word" in Body: |_| "wheat".to_owned();
    "words of a long line" in Body: |n| format!("wheat{n} ");
    "short lines" in Body: |_| "wheat\n".to_owned();
    "headings" in Body: |n| format!("THE PRICE OF BREAD {n}\n\n");
    "underlined headings" in Body: |_| "The Price of Bread\n------------------\n".to_owned();
    "rules" in Body: |_| "----------\n".to_owned();
    "one long rule" in Body: |_| "-".to_owned();
    "list dashes" in Body: |_| "-- wheat\n".to_owned();
    "page lines" in Body: |n| format!("ASTANA 00000412 {:03} OF 999\n", n % 999 + 1);
    "page lines in a line" in Body: |n| format!("the wheat ASTANA 00000412 {:03} OF 999 is ", n % 999 + 1);
    "old page breaks" in Body: |n| format!("CONFIDENTIAL\nCONFIDENTIAL\nPAGE {:02} ASTANA 00412 071200Z\n", n % 99 + 1);
    "section headers" in Body: |n| format!("C O N F I D E N T I A L SECTION {:02} OF 99 ASTANA 000412\n\n", n % 99 + 1);
    "stray captions" in Body: |_| "SIPDIS\n\n".to_owned();
    "captions in a line" in Body: |_| "SIPDIS ".to_owned();
    "openers" in Body: |_| "BEGIN SUMMARY: wheat.\n".to_owned();
    "closers" in Body: |_| "END SUMMARY.\n".to_owned();
    "comments in a line" in Body: |_| "(Comment: wheat. End comment.) ".to_owned();
    "open quotations" in Body: |_| "QUOTE\nwheat\n".to_owned();
    "closed quotations" in Body: |n| format!("QUOTE\n{}. wheat\nUNQUOTE\n", n + 1);
    "quotation marks" in Body: |_| "\"".to_owned();
    "citations" in Body: |n| format!("(ref {}) ", char::from(b'A' + (n % 26) as u8));
    "cited cables" in Body: |n| format!("{:02} ASTANA {n} ", n % 10);
    "cited paragraphs" in Body: |n| format!("see para {n}, ");
    "dates" in Body: |_| "121200Z MAR 07 ".to_owned();
    "letters for digits" in Body: |n| format!("{n}O. (C) The wheat.\n\n");
    "mis-encoded signs" in Body: |_| "wheat\u{2019}s \u{fffd} ??\n".to_owned();
    "wide signs" in Body: |_| "\u{1034d}".to_owned();
    "tabs" in Body: |_| "\t".to_owned();
    "trailing blanks" in Body: |_| "wheat    \n".to_owned();
    "blank lines" in Body: |_| "\n".to_owned();
    "carriage returns" in Body: |_| "\r".to_owned();
    "dots" in Body: |_| "...".to_owned();
    "marks of HTML" in Body: |_| "<p>wheat</p>\n".to_owned();
    "opening marks of HTML" in Body: |_| "<".to_owned();
    "signs of mail" in Body: |_| "> wheat\n".to_owned();
    "stamps" in Body: |_| "Jane Q. Roe Declassified/Released US Department of State EO Systematic Review 20 Mar 2014\n".to_owned();
    "addressees" in Envelope: |n| format!("RUEHTA/AMEMBASSY ASTANA {n}\n");
    "unknown addressees" in Envelope: |n| format!("RUEH{}/AMEMBASSY TOWN{n}\n", char::from(b'A' + (n % 26) as u8));
    "garbled addressees" in Envelope: |n| format!("TO1NFO {n}//\n");
    "tags" in Tags: |_| "PREL, ".to_owned();
    "unknown tags" in Tags: |n| format!("Q{}{}W, ", char::from(b'A' + (n % 26) as u8), char::from(b'A' + (n / 26 % 26) as u8));
    "linked tags" in Tags: |_| "[PREL](#)".to_owned();
    "links that nothing closes" in Tags: |_| "[x](#".to_owned();
    "names that nothing closes" in Tags: |_| "A(B ".to_owned();
    "subject in a line" in Subject: |_| "wheat ".to_owned();
    "subject in lines" in Subject: |_| "WHEAT AND BARLEY\n".to_owned();
    "keywords in a line" in Subject: |_| "REF: TAGS: ".to_owned();
    "references in a line" in References: |n| format!("{}. ASTANA {n} ", char::from(b'A' + (n % 26) as u8));
    "references in lines" in References: |n| format!("{}. ASTANA {n}\n", char::from(b'A' + (n % 26) as u8));
    "references without a letter" in References: |n| format!("ASTANA {n}, ");
    "the keyword of references" in References: |_| "REF ".to_owned();
    "reasons" in Reasons: |_| "1.4 (b) ".to_owned();
    "lines below the signature" in End: |_| "NNNN\n".to_owned();
    "text below the signature" in End: |_| "The wheat is in.\n".to_owned();
    "cables" in Alone: |n| format!("UNCLAS ASTANA {n:06}\n\nTAGS: KZ\nSUBJECT: WHEAT\n\n1. Wheat.\n\nROE\n\n");
    "first lines" in Alone: |n| format!("VZCZCXYZ{:04}\n", n % 10_000);
    "classification lines" in Alone: |_| "UNCLAS ASTANA 000412\n".to_owned();
    "labels" in Alone: |_| "MRN: 12 ASTANA 412\nSubject: WHEAT\n".to_owned();
    "keywords" in Alone: |_| "SUBJECT:\n".to_owned();
    "attributes" in Alone: |_| "Message Attributes\n\nSubject: WHEAT\n".to_owned();
    "distribution" in Alone: |_| "INFO OCT-01 ISO-00 ".to_owned();
    "drafting lines" in Alone: |_| "DRAFTED BY EUR:JROE\n".to_owned();
}
