use crate::budget::Permit;
use std::iter::Empty;
use std::sync::Arc;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

/// One entry on its way into the index.
///
/// A type of our own instead of the engine's document: it says when the entry is indexed and let
/// go of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    values: Vec<(Field, FieldValue)>,
    /// Given back once the entry is indexed.
    permit: Option<Arc<Permit>>,
}

/// The value of a field of an entry.
#[derive(Clone, Debug)]
pub(crate) enum FieldValue {
    Text(String),
    /// A text that many entries have.
    Shared(Arc<str>),
    Number(u64),
    Bytes(Vec<u8>),
}

impl Entry {
    pub(crate) fn add(&mut self, field: Field, value: impl Into<FieldValue>) {
        self.values.push((field, value.into()));
    }

    pub(crate) fn hold(&mut self, permit: &Arc<Permit>) {
        self.permit = Some(Arc::clone(permit));
    }
}

impl tantivy::Document for Entry {
    type Value<'a> = &'a FieldValue;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, &'a FieldValue)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.values.iter().map(|(field, value)| (*field, value)))
    }
}

impl<'a> Value<'a> for &'a FieldValue {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self {
            FieldValue::Text(text) => ReferenceValueLeaf::Str(text),
            FieldValue::Shared(text) => ReferenceValueLeaf::Str(text),
            FieldValue::Number(number) => ReferenceValueLeaf::U64(*number),
            FieldValue::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}

impl From<Arc<str>> for FieldValue {
    fn from(text: Arc<str>) -> Self {
        Self::Shared(text)
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<u64> for FieldValue {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Vec<u8>> for FieldValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}
