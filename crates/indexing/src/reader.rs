use crate::analysis::{ANALYSIS, tokenizers};
use crate::boost::Boosts;
use crate::condition::{Compiler, Condition, unscored};
use crate::directory::SealedDirectory;
use crate::effort::Effort;
use crate::error::IndexError;
use crate::manifest::{META_FILE, Manifest};
use crate::record::{DocumentRecord, PassageRecord, SourceRecord, unseal};
use crate::schema::{Fields, entry_kind};
use crate::stored::StoredEntry;
use crate::top::{Ranking, TieOrder};
use onrecord_model::{DocumentId, Span};
use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tantivy::columnar::Column;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{
    DocAddress, DocId, DocSet, Index, ReloadPolicy, Searcher, SegmentReader, TERMINATED, Term,
};

/// How often reading is tried again because a writer made another commit meanwhile.
const ATTEMPTS: usize = 100;

/// How many blocks of stored text are kept.
const CACHED_BLOCKS: usize = 2048;

/// How many passages hold a word that is looked for by skipping: of others it is quicker to score
/// all, and what is more than a word has to be counted one by one anyway. Builds for tests skip
/// always, to be tested.
const FREQUENT: u64 = if cfg!(debug_assertions) { 1 } else { 50_000 };

/// One commit of an index, open to be searched.
///
/// It takes no lock, works in a folder that cannot be written to, and goes on seeing its commit
/// whatever a writer does.
pub struct Reader {
    folder: PathBuf,
    /// The hash of the `meta.json` that it reads.
    commit: blake3::Hash,
    manifest: Manifest,
    pub(crate) fields: Fields,
    searcher: Searcher,
    pub(crate) ties: TieOrder,
    /// By segment: how many words of speech an entry has. Opened once, when first asked for.
    words: OnceLock<Vec<Column<u64>>>,
    /// Set once all contents were compared with what was written: a commit does not change.
    is_checked: OnceLock<()>,
}

/// Where the entry of a passage stands in one open index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub(crate) DocAddress);

/// The answer to a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many passages meet the condition, exactly.
    pub count: u64,
    /// The passages of the page, best first.
    pub hits: Vec<Hit>,
}

/// A passage that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Where its entry stands.
    pub address: Address,
    /// BM25, 0 or more; 0 for all where nothing ranks. Of [`Reader::search_by_words`] with what
    /// that adds, of [`Reader::nearest`] a sum of weights.
    pub score: f32,
}

/// A passage as the index holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPassage {
    /// Where it stands in the document's text.
    pub span: Span,
    /// Its text.
    pub text: String,
    /// What is known about it.
    pub record: PassageRecord,
}

/// Opens the segments of a commit, as its `meta.json` names them.
fn open_searcher(folder: &Path, meta: Arc<[u8]>) -> Result<Searcher, IndexError> {
    let mut index = Index::open(SealedDirectory::read(folder, meta)?)?;
    index.set_tokenizers(tokenizers());
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(CACHED_BLOCKS)
        .try_into()?;
    Ok(reader.searcher())
}

impl Reader {
    /// Opens the last commit of the index in a folder.
    ///
    /// Checks the manifest and the lengths of all files, not their contents.
    ///
    /// # Errors
    /// When there is no index, it has another format, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        unless_changed(folder, Result::is_ok, || Self::open_once(folder))
    }

    fn open_once(folder: &Path) -> Result<Self, IndexError> {
        let (meta, manifest) = read_commit(folder)?;
        for (name, seal) in &manifest.files {
            let file = folder.join(name);
            let found = fs::metadata(&file).map_err(IndexError::io("read", &file))?.len();
            if found != seal.bytes {
                let reason = format!("it has {found} bytes, {} were written", seal.bytes);
                return Err(IndexError::damaged(&file, reason));
            }
        }
        let commit = blake3::hash(&meta);
        // The engine may panic on what is damaged where it looks first.
        let opened = catch_unwind(AssertUnwindSafe(|| open_searcher(folder, meta.into())));
        let searcher = match opened {
            Ok(Ok(searcher)) => searcher,
            failed => {
                // Which file is at fault says more than what the engine makes of it.
                for (name, seal) in &manifest.files {
                    seal.check(&folder.join(name))?;
                }
                let unknown = || IndexError::damaged(folder, "the engine fails to open it");
                return Err(failed.ok().and_then(Result::err).unwrap_or_else(unknown));
            }
        };
        let (_, fields) = Fields::declare();
        Ok(Self {
            folder: folder.to_owned(),
            commit,
            manifest,
            fields,
            searcher,
            ties: TieOrder::default(),
            words: OnceLock::new(),
            is_checked: OnceLock::new(),
        })
    }

    /// Compares the contents of every file with what was written, once for an open index.
    ///
    /// # Errors
    /// Names the first file that differs.
    pub fn check_contents(&self) -> Result<(), IndexError> {
        if self.is_checked.get().is_some() {
            return Ok(());
        }
        for (name, seal) in &self.manifest.files {
            seal.check(&self.folder.join(name))?;
        }
        self.is_checked.get_or_init(|| ());
        Ok(())
    }

    /// Returns what the commit consists of.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Counts the documents.
    pub fn n_documents(&self) -> Result<u64, IndexError> {
        self.count_entries(entry_kind::HEAD)
    }

    /// Counts the passages.
    pub fn n_passages(&self) -> Result<u64, IndexError> {
        self.count_entries(entry_kind::PASSAGE)
    }

    fn count_entries(&self, kind: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.fields.entry, kind);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        Ok(tantivy::query::Query::count(&query, &self.searcher)? as u64)
    }

    /// Finds the passages that meet a condition: `limit` of them after the first `offset`, all
    /// where the limit is 0.
    ///
    /// Ordered by score, best first, ties by document id, then ordinal; so pages do not overlap.
    pub fn search(
        &self,
        condition: &Condition,
        limit: usize,
        offset: usize,
    ) -> Result<Found, IndexError> {
        let limit = if limit == 0 { None } else { Some(limit.saturating_add(offset)) };
        let ranking = Ranking { searcher: &self.searcher, ties: &self.ties, limit };
        let compiler = self.compiler();
        let query = compiler.compile(condition);
        let boosts = Boosts::new(&self.searcher, &compiler.asked_words(condition))?;
        let is_word = matches!(condition, Condition::Stem { .. } | Condition::Word(_));
        let count_of_word = if is_word { query.count(&self.searcher)? as u64 } else { 0 };
        let (ranked, count) = if count_of_word >= FREQUENT {
            (ranking.best(query.as_ref(), &boosts, self.fields.stem)?, count_of_word)
        } else {
            ranking.best_and_count(query.as_ref(), &boosts)?
        };
        let hits = ranked
            .into_iter()
            .skip(offset)
            .map(|ranked| Hit { address: Address(ranked.address), score: ranked.score })
            .collect();
        Ok(Found { count, hits })
    }

    /// Counts the passages that meet a condition, exactly.
    pub fn count(&self, condition: &Condition) -> Result<u64, IndexError> {
        Ok(self.compiler().compile(condition).count(&self.searcher)? as u64)
    }

    /// Reads a passage.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub fn passage(&self, address: Address) -> Result<StoredPassage, IndexError> {
        let mut stored: StoredEntry = self.searcher.doc(address.0)?;
        let text = stored.take_text(self.fields.text);
        let (Some(text), Some(record)) = (text, stored.bytes(self.fields.record)) else {
            return Err(self.damaged_store(address));
        };
        let record: PassageRecord =
            unseal(record, &[text.as_bytes()]).ok_or_else(|| self.damaged_store(address))?;
        let span = Span::new(record.start, record.start + text.len() as u32);
        Ok(StoredPassage { span, text, record })
    }

    /// Returns the hash of the commit that is open: that of its `meta.json`, hexadecimal.
    pub fn commit_hash(&self) -> String {
        self.commit.to_hex().to_string()
    }

    /// Returns where another passage of the same document stands.
    pub fn sibling(&self, address: Address, passage: &PassageRecord, ordinal: u32) -> Address {
        let head = address.0.doc_id.saturating_sub(passage.ordinal);
        self.passage_of(Address(DocAddress::new(address.0.segment_ord, head)), ordinal)
    }

    /// Returns by segment how many words of speech an entry has; none where it is no speech.
    pub(crate) fn words_by_segment(&self) -> Result<&[Column<u64>], IndexError> {
        if let Some(words) = self.words.get() {
            return Ok(words);
        }
        let readers = self.searcher.segment_readers().iter();
        let words = readers.map(|reader| reader.fast_fields().u64("words"));
        let words = words.collect::<tantivy::Result<_>>()?;
        Ok(self.words.get_or_init(|| words))
    }

    /// Returns where a passage of the document stands whose head is at an address.
    pub fn passage_of(&self, head: Address, ordinal: u32) -> Address {
        let DocAddress { segment_ord, doc_id } = head.0;
        Address(DocAddress::new(segment_ord, doc_id.saturating_add(ordinal)))
    }

    /// Reads the record of the document whose head stands at an address.
    ///
    /// # Errors
    /// When what is stored is not what was written.
    pub fn document_at(&self, head: Address) -> Result<DocumentRecord, IndexError> {
        let stored: StoredEntry = self.searcher.doc(head.0)?;
        let record = stored.bytes(self.fields.document_record);
        record.and_then(|bytes| unseal(bytes, &[])).ok_or_else(|| self.damaged_store(head))
    }

    /// Hashes the text of a document as it is stored, and compares it with what was written.
    ///
    /// # Errors
    /// When they differ.
    pub fn text_hash(
        &self,
        head: Address,
        record: &DocumentRecord,
    ) -> Result<[u8; 32], IndexError> {
        let mut hasher = blake3::Hasher::new();
        for ordinal in 0..record.n_passages {
            let entry = head.0.doc_id.saturating_add(ordinal);
            let passage = self.passage(Address(DocAddress::new(head.0.segment_ord, entry)))?;
            hasher.update(passage.record.lead.as_bytes());
            hasher.update(passage.text.as_bytes());
        }
        let hash = *hasher.finalize().as_bytes();
        if hash == record.text_blake3 { Ok(hash) } else { Err(self.damaged_store(head)) }
    }

    pub(crate) fn damaged_store(&self, address: Address) -> IndexError {
        let segment = self.searcher.segment_reader(address.0.segment_ord).segment_id();
        let file = self.folder.join(format!("{}.store", segment.uuid_string()));
        IndexError::damaged(&file, "a stored text does not match its hash")
    }

    /// Finds the head of a document.
    ///
    /// # Errors
    /// When there is no such document.
    pub fn head(&self, id: DocumentId) -> Result<Address, IndexError> {
        let term = Term::from_field_text(self.fields.document, &id.to_string());
        let mut head = None;
        self.for_each_of_term(&term, |segment, reader, entry| {
            if head.is_none() && is_head(reader, entry)? {
                head = Some(Address(DocAddress::new(segment, entry)));
            }
            Ok(())
        })?;
        head.ok_or(IndexError::NoDocument(id))
    }

    /// Lists the heads of all documents, in no order that means anything.
    pub fn heads(&self) -> Result<Vec<Address>, IndexError> {
        let term = Term::from_field_text(self.fields.entry, entry_kind::HEAD);
        let mut heads = Vec::new();
        self.for_each_of_term(&term, |segment, _, entry| {
            heads.push(Address(DocAddress::new(segment, entry)));
            Ok(())
        })?;
        Ok(heads)
    }

    /// Lists the ids and digests of the documents of a source.
    pub fn documents_of_source(
        &self,
        key: &str,
    ) -> Result<Vec<(DocumentId, [u8; 16])>, IndexError> {
        let term = Term::from_field_text(self.fields.source, key);
        let mut found = Vec::new();
        self.for_each_of_term(&term, |_, reader, entry| {
            if let Some(id) = bytes_at(reader, "id", entry)?
                && let Some(digest) = bytes_at(reader, "digest", entry)?
                && let (Ok(id), Ok(digest)) = (id.try_into(), digest.try_into())
            {
                found.push((DocumentId::from_bytes(id), digest));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Visits what is remembered of every source file, in no order that means anything.
    ///
    /// # Errors
    /// When a record is not what was written.
    pub fn for_each_source(&self, mut visit: impl FnMut(SourceRecord)) -> Result<(), IndexError> {
        let term = Term::from_field_text(self.fields.entry, entry_kind::SOURCE);
        let mut damaged = None;
        self.for_each_of_term(&term, |_, reader, entry| {
            let bytes = bytes_at(reader, "source_record", entry)?.unwrap_or_default();
            match unseal(&bytes, &[]) {
                Some(source) => visit(source),
                None => damaged = Some(format!("{}.fast", reader.segment_id().uuid_string())),
            }
            Ok(())
        })?;
        match damaged {
            None => Ok(()),
            Some(name) => {
                let file = self.folder.join(name);
                Err(IndexError::damaged(
                    &file,
                    "the record of a source file does not match its hash",
                ))
            }
        }
    }

    /// Lists those keys of sources, of the ones `wanted`, that documents of the index are of.
    pub fn source_keys(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<BTreeSet<String>, IndexError> {
        let mut keys = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.fields.source)?;
            let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                let key = String::from_utf8_lossy(terms.key());
                if wanted(&key) {
                    keys.insert(key.into_owned());
                }
            }
        }
        // Terms outlive the last document that has them.
        let mut held = BTreeSet::new();
        for key in keys {
            if !self.documents_of_source(&key)?.is_empty() {
                held.insert(key);
            }
        }
        Ok(held)
    }

    /// Lists where the passages that meet a condition stand, by document id, then ordinal.
    pub fn addresses(&self, condition: &Condition) -> Result<Vec<Address>, IndexError> {
        let query = unscored(self.compiler().compile(condition));
        let ranking = Ranking { searcher: &self.searcher, ties: &self.ties, limit: None };
        let (ranked, _) =
            ranking.best_and_count(query.as_ref(), &Boosts::new(&self.searcher, &[])?)?;
        Ok(ranked.into_iter().map(|ranked| Address(ranked.address)).collect())
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn compiler(&self) -> Compiler<'_> {
        Compiler {
            fields: self.fields,
            searcher: &self.searcher,
            boosted: false,
            ranks_content_only: false,
            effort: Effort::for_entries(self.searcher.num_docs()),
        }
    }

    fn for_each_of_term(
        &self,
        term: &Term,
        mut visit: impl FnMut(u32, &SegmentReader, DocId) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(term.field())?;
            let Some(mut postings) = inverted
                .read_postings(term, IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?
            else {
                continue;
            };
            let mut entry = postings.doc();
            while entry != TERMINATED {
                if !reader.is_deleted(entry) {
                    visit(segment as u32, reader, entry)?;
                }
                entry = postings.advance();
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Reads a commit; once more where that does not go well and there is another commit by now,
/// because then the writer may have removed what the first one consisted of.
pub(crate) fn unless_changed<T>(
    folder: &Path,
    went_well: impl Fn(&T) -> bool,
    read: impl Fn() -> T,
) -> T {
    let meta = || fs::read(folder.join(META_FILE)).ok();
    let mut attempt = 1;
    loop {
        let before = meta();
        let done = read();
        if went_well(&done) || attempt == ATTEMPTS || meta() == before {
            return done;
        }
        attempt += 1;
    }
}

/// Reads the `meta.json` of a folder and the manifest that belongs to it.
pub(crate) fn read_commit(folder: &Path) -> Result<(Vec<u8>, Manifest), IndexError> {
    let meta_file = folder.join(META_FILE);
    let meta = match fs::read(&meta_file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let manifests = Manifest::list(folder).unwrap_or_default();
            // The manifest of an empty index comes before its `meta.json`: a run may have been
            // killed in between.
            let of_files =
                |file: &PathBuf| Manifest::read(file).map_or(true, |m| !m.files.is_empty());
            return Err(if manifests.iter().any(of_files) {
                IndexError::damaged(&meta_file, "it is gone, its manifest is there")
            } else {
                IndexError::Missing(folder.to_owned())
            });
        }
        read => read.map_err(IndexError::io("read", &meta_file))?,
    };
    let manifest_file = folder.join(Manifest::file_name(&meta));
    if !manifest_file.exists() {
        return Err(IndexError::damaged(&meta_file, "no manifest in the folder belongs to it"));
    }
    let manifest = Manifest::read(&manifest_file)?;
    let found = manifest.description.analysis;
    if found != ANALYSIS {
        let folder = folder.to_owned();
        return Err(IndexError::Analysis { folder, found, expected: ANALYSIS });
    }
    Ok((meta, manifest))
}

/// Writes bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_head(reader: &SegmentReader, entry: DocId) -> Result<bool, IndexError> {
    Ok(reader.fast_fields().u64("ordinal")?.first(entry) == Some(0))
}

/// Reads a value of a column of bytes.
pub(crate) fn bytes_at(
    reader: &SegmentReader,
    column: &str,
    entry: DocId,
) -> Result<Option<Vec<u8>>, IndexError> {
    let Some(column) = reader.fast_fields().bytes(column)? else { return Ok(None) };
    let Some(place) = column.term_ords(entry).next() else { return Ok(None) };
    let mut bytes = Vec::new();
    let found = column.ord_to_bytes(place, &mut bytes).map_err(tantivy::TantivyError::from)?;
    Ok(found.then_some(bytes))
}
