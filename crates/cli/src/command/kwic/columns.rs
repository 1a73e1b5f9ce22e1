use onrecord_query::kwic::KwicLine;
use onrecord_report::{Cell, Column};

/// What is known of a line beside its texts.
#[derive(Debug)]
pub(crate) struct OfLine {
    pub(super) column: Column,
    pub(super) cell: fn(&KwicLine) -> Cell<'_>,
}

impl OfLine {
    /// Returns the name of its column.
    pub(crate) fn name(&self) -> &str {
        &self.column.name
    }
}

/// All of it, in the order of the rows.
pub(crate) static COLUMNS: &[OfLine] = &[
    OfLine { column: Column::text("date"), cell: |line| line.date.as_deref().into() },
    OfLine { column: Column::text("speaker"), cell: |line| line.speaker.as_deref().into() },
    OfLine { column: Column::text("quoted"), cell: |line| line.quoted.as_deref().into() },
    OfLine { column: Column::text("title"), cell: |line| line.title.as_deref().into() },
    OfLine { column: Column::text("kind"), cell: |line| line.kind.into() },
    OfLine { column: Column::text("block"), cell: |line| line.block.into() },
    OfLine { column: Column::text("priorities"), cell: |line| line.priorities.join(";").into() },
    OfLine { column: Column::text("document_id"), cell: |line| line.document_id.as_str().into() },
    OfLine { column: Column::integer("passage"), cell: |line| line.passage.into() },
    OfLine { column: Column::integer("char_start"), cell: |line| line.char_start.into() },
    OfLine { column: Column::integer("char_end"), cell: |line| line.char_end.into() },
    OfLine { column: Column::integer("byte_start"), cell: |line| line.byte_start.into() },
    OfLine { column: Column::integer("byte_end"), cell: |line| line.byte_end.into() },
    OfLine { column: Column::text("path"), cell: |line| line.path.as_str().into() },
    OfLine { column: Column::integer("record"), cell: |line| line.record.into() },
    OfLine { column: Column::integer("page"), cell: |line| line.page.into() },
];
