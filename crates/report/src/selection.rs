use crate::{Cell, Column, Error};
use std::mem;

/// The columns of a table that are to be written, in the order that was asked for.
///
/// ```
/// use onrecord_report::{Cell, Column, Selection};
///
/// let columns = [Column::text("speaker"), Column::text("title"), Column::integer("mentions")];
/// let selection = Selection::of(&columns, &["mentions".to_owned(), "speaker".to_owned()])?;
/// assert_eq!(selection.columns()[0].name, "mentions");
/// let picked = selection.pick(vec!["Vale, Ada".into(), "Budget".into(), 12_u64.into()]);
/// assert_eq!(picked, [Cell::Integer(12), "Vale, Ada".into()]);
/// # Ok::<(), onrecord_report::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    columns: Box<[Column]>,
    /// Where they stand in the table.
    places: Box<[usize]>,
}

impl Selection {
    /// Finds the columns of these names; no names stand for all columns.
    ///
    /// # Errors
    /// When a name is unknown or comes twice.
    pub fn of(columns: &[Column], names: &[String]) -> Result<Self, Error> {
        if names.is_empty() {
            return Ok(Self { columns: columns.into(), places: (0..columns.len()).collect() });
        }
        let mut places = Vec::with_capacity(names.len());
        for name in names {
            let Some(place) = columns.iter().position(|column| column.name == *name) else {
                return Err(Error::UnknownColumn { name: name.clone(), known: known(columns) });
            };
            if places.contains(&place) {
                return Err(Error::RepeatedColumn { name: name.clone(), known: known(columns) });
            }
            places.push(place);
        }
        let selected = places.iter().filter_map(|place| columns.get(*place).cloned()).collect();
        Ok(Self { columns: selected, places: places.into() })
    }

    /// Returns the columns, in the order that was asked for.
    pub const fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Takes the selected cells out of a whole row, in the order of [`columns`](Self::columns).
    pub fn pick<'a>(&self, mut cells: Vec<Cell<'a>>) -> Vec<Cell<'a>> {
        let taken = |place: &usize| Some(mem::replace(cells.get_mut(*place)?, Cell::Empty));
        self.places.iter().filter_map(taken).collect()
    }
}

fn known(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_the_order_asked_for() {
        let columns = ["a", "b", "c"].map(Column::text);
        for (names, expected) in [
            (&[][..], &["a", "b", "c"][..]),
            (&["c", "a"], &["c", "a"]),
            (&["b"], &["b"]),
            (&["c", "b", "a"], &["c", "b", "a"]),
        ] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let selection = Selection::of(&columns, &names).unwrap();
            let selected: Vec<&str> = selection.columns().iter().map(|c| &*c.name).collect();
            assert_eq!(selected, expected);
            let cells = selection.pick(vec!["a".into(), "b".into(), "c".into()]);
            let expected: Vec<Cell<'_>> = expected.iter().map(|name| (*name).into()).collect();
            assert_eq!(cells, expected);
        }
    }

    #[test]
    fn wrong_names_are_refused_with_the_known_ones() {
        let columns = ["a", "b"].map(Column::text);
        for (names, message) in [
            (["a", "x"], "no column is named `x`; there are a, b"),
            (["", "a"], "no column is named ``; there are a, b"),
            (["b", "b"], "column `b` is named twice; there are a, b"),
        ] {
            let error = Selection::of(&columns, &names.map(str::to_owned)).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn short_rows_stay_short() {
        let selection = Selection::of(&["a", "b"].map(Column::text), &[]).unwrap();
        assert_eq!(selection.pick(vec!["a".into()]).len(), 1);
    }
}
