//! The TOML form of corrections, as written.

use super::{Change, checked};
use onrecord_model::Field;
use onrecord_text::canonicalize;
use serde::Deserialize;
use toml::Spanned;

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionFile {
    #[serde(default)]
    pub(super) correction: Vec<Spanned<Entry>>,
}

/// `[[correction]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) document: Option<String>,
    pub(super) why: Option<String>,
    field: Option<String>,
    value: Option<Value>,
    find: Option<String>,
    replace: Option<String>,
}

/// A value that may be written without quotation marks.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Number(i64),
    Date(toml::value::Datetime),
}

impl Value {
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

impl Entry {
    /// Reads what is to be changed.
    ///
    /// # Errors
    /// Why that cannot be understood.
    pub(super) fn into_change(self) -> Result<Change, String> {
        match (self.field, self.value, self.find, self.replace) {
            (Some(name), Some(value), None, None) => {
                let field = Field::from_name(&name).ok_or_else(|| unknown_field(&name))?;
                let value = value.written();
                checked(field, &value)?;
                Ok(Change::Field { field, value })
            }
            (None, None, Some(find), Some(replace)) => {
                // Not as whole texts: the blanks at their ends are part of what is written.
                let [find, replace] = [find, replace].map(|words| canonical_words(&words));
                match find.as_str() {
                    "" => Err("there is nothing in `find`".to_owned()),
                    _ if find == replace => Err("`find` and `replace` are the same".to_owned()),
                    _ => Ok(Change::Text { find, replace }),
                }
            }
            _ => Err("write either `field` and `value`, or `find` and `replace`".to_owned()),
        }
    }
}

/// Brings words into canonical form, with the blanks at their end.
fn canonical_words(words: &str) -> String {
    let blanks = words.get(words.trim_end().len()..).unwrap_or_default();
    let blanks: String =
        blanks.chars().filter(|c| matches!(c, ' ' | '\t' | '\n' | '\u{a0}')).collect();
    canonicalize(words).text + &blanks
}

fn unknown_field(name: &str) -> String {
    let names: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
    format!("there is no field `{name}`: the fields are {}", names.join(", "))
}
