//! Text that may be in XML: what acts in place of being seen is written out, as everywhere, for XML has no way to hold it.

use std::borrow::Cow;

use quick_xml::escape::escape;

use crate::visible::visible;

/// A text or the value of an attribute.
pub(super) fn xml(text: &str) -> String {
    let seen = visible(text);
    // The last two characters of the first plane are none for XML.
    let legal = if seen.contains(['\u{fffe}', '\u{ffff}']) {
        Cow::Owned(seen.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
    } else {
        seen
    };
    escape(&*legal).into_owned()
}
