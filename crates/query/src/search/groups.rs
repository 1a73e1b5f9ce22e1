use super::order::{Placed, Placement};
use crate::QueryError;
use crate::duplicates::DuplicateGroups;
use onrecord_indexing::{Address, Hit, Reader};
use onrecord_model::{CivilDate, DocumentId};
use serde::Serialize;
use std::collections::HashMap;

/// What the passages found are put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupHits {
    /// Those of one document.
    Document,
    /// Those of documents that are copies, other transcripts or long excerpts of one another.
    Duplicates,
}

impl GroupHits {
    /// All groupings.
    pub const ALL: [Self; 2] = [Self::Document, Self::Duplicates];

    /// Returns the name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Duplicates => "duplicates",
        }
    }

    /// Returns the grouping of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// The passages found that a hit is shown for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HitGroup {
    /// The id of the document; of duplicates, the smallest id of all that are near one another,
    /// whether something was found in that one or not.
    pub id: String,
    /// The passages found in it.
    pub passages: u64,
    /// The documents in which they were found.
    pub documents: u64,
    /// The earliest date of these, as precise as it is known.
    pub first_date: Option<String>,
    /// The latest date.
    pub last_date: Option<String>,
}

/// A group, and the passage that is shown for it.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) hit: Hit,
    id: DocumentId,
    passages: u64,
    documents: u64,
    dates: Option<(CivilDate, CivilDate)>,
}

impl Group {
    pub(super) fn described(&self) -> HitGroup {
        HitGroup {
            id: self.id.to_string(),
            passages: self.passages,
            documents: self.documents,
            first_date: self.dates.map(|(first, _)| first.to_string()),
            last_date: self.dates.map(|(_, last)| last.to_string()),
        }
    }

    fn add_document(&mut self, date: Option<CivilDate>) {
        self.documents += 1;
        if let Some(date) = date {
            let (first, last) = self.dates.unwrap_or((date, date));
            self.dates = Some((first.min(date), last.max(date)));
        }
    }
}

/// Puts passages together: the groups stand in the order of their first passages, which are what
/// is shown of them.
pub(super) fn group(
    reader: &Reader,
    by: GroupHits,
    placement: &Placement,
) -> Result<Vec<Group>, QueryError> {
    let ids = group_ids(reader, by, &placement.heads)?;
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<DocumentId, usize> = HashMap::new();
    let mut is_counted = vec![false; ids.len()];
    for Placed { hit, document, .. } in &placement.placed {
        let document = *document as usize;
        let (Some(id), Some(head)) = (ids.get(document), placement.heads.get(document)) else {
            continue;
        };
        let place = *places.entry(*id).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Group { hit: *hit, id: *id, passages: 0, documents: 0, dates: None });
        }
        let Some(group) = groups.get_mut(place) else { continue };
        group.passages += 1;
        if let Some(counted) = is_counted.get_mut(document).filter(|counted| !**counted) {
            *counted = true;
            let days = reader.document_columns(*head)?.days;
            group.add_document(days.and_then(|(first, last)| CivilDate::from_days(first, last)));
        }
    }
    Ok(groups)
}

/// Returns the names of the groups that documents are of.
fn group_ids(
    reader: &Reader,
    by: GroupHits,
    heads: &[Address],
) -> Result<Vec<DocumentId>, QueryError> {
    let groups = match by {
        GroupHits::Document => DuplicateGroups::default(),
        GroupHits::Duplicates => DuplicateGroups::of(reader)?,
    };
    let id = |head: &Address| {
        groups.member(*head).map_or_else(|| reader.place(*head).0, |member| member.group)
    };
    Ok(heads.iter().map(id).collect())
}
