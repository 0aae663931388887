//! Executive orders on classification, their reasons, and their marks of declassification.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::table::{DECLASSIFICATIONS, ORDERS, REASONS, Row, declassifications, orders, reasons as reason_columns};
use crate::{Catalog, Entry, Kind};

/// The order that 13292 amended: cables keep its number, and reasons and marks are under it.
const AMENDED: &str = "12958";
/// The order of marks that are under every order.
const ANY_ORDER: &str = "any";

/// An executive order on classification (FORMAT.md, "Orders and dates").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExecutiveOrder<'a> {
    /// `12958`.
    pub number: &'a str,
    /// What it is.
    pub title: &'a str,
    /// What else there is to know.
    pub note: &'a str,
    /// The first day in force; of 13292, the day of the amendment.
    pub in_force_from: Date,
    /// The last day in force; none for the order of today.
    pub in_force_to: Option<Date>,
    /// Changes another order and is not cited by cables.
    pub is_amendment: bool,
    /// Where it comes from.
    pub source: &'a str,
    /// Known, but no evidence.
    pub doubtful: bool,
}

impl Catalog {
    /// An order by its number.
    pub fn executive_order(&self, number: &str) -> Option<ExecutiveOrder<'static>> {
        ALL.iter().copied().find(|order| order.number == number)
    }

    /// Every order, the oldest first.
    pub fn executive_orders(&self) -> impl Iterator<Item = ExecutiveOrder<'static>> + use<> {
        ALL.iter().copied()
    }

    /// A reason for classification under an order: `1.4(b)`, also as `1.4 (B)` or `1.4b`.
    pub fn reason(&self, order: &str, code: &str) -> Option<Entry<'static>> {
        let order = if order == "13292" { AMENDED } else { order };
        reasons(code).find(|row| row.column(reason_columns::ORDER) == order).map(|row| row.entry(Kind::Reason))
    }

    /// A mark of declassification under an order: `X1`, `OADR`, `DECL`. 13526 keeps the marks of 12958.
    pub fn declassification(&self, order: &str, code: &str) -> Option<Entry<'static>> {
        let code = code.trim_end_matches(':');
        let of = |order: &str| DECLASSIFICATIONS.find(code).find(|row| row.column(declassifications::ORDER) == order);
        let inherited = || if matches!(order, "13292" | "13526") { of(AMENDED) } else { None };
        of(order).or_else(|| of(ANY_ORDER)).or_else(inherited).map(|row| row.entry(Kind::Declassification))
    }
}

/// The rows of a reason under all orders, however it is bracketed.
pub(crate) fn reasons(code: &str) -> impl Iterator<Item = Row> {
    REASONS.rows().filter(move |row| bare(row.column(0)).eq(bare(code)))
}

/// The reasons of a section that is named without a letter: `1.4`.
pub(crate) fn section(number: &str) -> impl Iterator<Item = Row> {
    REASONS.rows().filter(move |row| row.column(0).split_once('(').is_some_and(|(section, _)| section == number))
}

fn bare(code: &str) -> impl Iterator<Item = u8> {
    code.bytes().filter(|byte| !matches!(byte, b' ' | b'(' | b')')).map(|byte| byte.to_ascii_lowercase())
}

/// Every order, the oldest first: there are few, and every cable asks for one.
static ALL: LazyLock<Vec<ExecutiveOrder<'static>>> =
    LazyLock::new(|| ORDERS.rows().filter_map(executive_order).collect());

fn executive_order(row: Row) -> Option<ExecutiveOrder<'static>> {
    let Entry { code: number, title, note, source, doubtful, .. } = row.entry(Kind::ExecutiveOrder);
    Some(ExecutiveOrder {
        number,
        title,
        note,
        in_force_from: row.column(orders::FROM).parse().ok()?,
        in_force_to: row.column(orders::TO).parse().ok(),
        is_amendment: number == "13292",
        source,
        doubtful,
    })
}
