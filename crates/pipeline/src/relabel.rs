//! Labels what an index holds anew, without a look at the files that it came from.

use crate::BuildOptions;
use crate::build::{Event, PipelineError};
use crate::corrections::Corrections;
use crate::run::{Run, locked};
use onrecord_indexing::{Address, Description, IndexError, Reader, Writer};
use onrecord_text::Lexicon;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What labelling anew came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relabelled {
    /// How many documents the index holds.
    pub documents: u64,
    /// How many of them have other labels than before.
    pub changed: u64,
}

/// Labels all documents of an index anew, from what it holds of them: no file is read, and only
/// documents whose labels change are written.
///
/// An index that was labelled in the same way already is left as it is. Of the options, those count
/// that say where the index is, what labels passages, and how many threads do.
///
/// # Errors
/// When there is no index, it is damaged, or it cannot be written; what was committed until then
/// stands, and reports refuse labels of two kinds until it is done.
pub fn relabel(
    options: &BuildOptions,
    on_event: &(dyn Fn(Event) + Sync),
) -> Result<Relabelled, PipelineError> {
    // A writer would make an index where there is none.
    Reader::open(&options.index)?;
    let description =
        Description { quotes: true, ..crate::annotate::describe(&options.classifiers) };
    let writer = Writer::open(&options.index, description, options.n_threads)?;
    let reader = Reader::open(&options.index)?;
    let run = Run::new(options, Corrections::load(options)?, writer, on_event);
    let changed = run.relabel(&reader, options.n_threads)?;
    run.close()?;
    let documents = documents_of(&options.index)?;
    Ok(Relabelled { documents, changed })
}

fn documents_of(index: &Path) -> Result<u64, IndexError> {
    Reader::open(index)?.n_documents()
}

impl Run<'_> {
    /// Labels all documents anew that `reader` sees, if they were labelled in another way than this
    /// run labels, and returns how many of them changed.
    pub(crate) fn relabel(&self, reader: &Reader, n_threads: usize) -> Result<u64, IndexError> {
        if !self.writer().is_mixed() {
            return Ok(0);
        }
        let heads = reader.heads()?;
        let next = AtomicUsize::new(0);
        let n_changed = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..n_threads.max(1) {
                scope.spawn(|| {
                    let mut lexicon = self.annotator.lexicon();
                    while let Some(head) = heads.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if self.stopped.load(Ordering::Relaxed) {
                            return;
                        }
                        match self.relabel_document(reader, *head, &mut lexicon) {
                            Ok(is_changed) => {
                                n_changed.fetch_add(usize::from(is_changed), Ordering::Relaxed);
                                (self.on_event)(Event::Document);
                            }
                            Err(error) => self.stop(error),
                        }
                    }
                });
            }
        });
        if let Some(error) = locked(&self.error).take() {
            return Err(error);
        }
        self.writer.write().unwrap_or_else(PoisonError::into_inner).note_labelled();
        self.commit()?;
        Ok(n_changed.into_inner() as u64)
    }

    /// Labels a document anew, and tells whether it changed.
    fn relabel_document(
        &self,
        reader: &Reader,
        head: Address,
        lexicon: &mut Lexicon,
    ) -> Result<bool, IndexError> {
        let before = reader.annotated(head)?;
        let Some((annotated, words)) = self.annotator.relabel(lexicon, before) else {
            return Ok(false);
        };
        let source = reader.document_at(head)?.source;
        self.writer().replace(&annotated, &words, lexicon, &source, reader.digest(head)?)?;
        self.n_uncommitted.fetch_add(1, Ordering::Relaxed);
        self.note_change()?;
        Ok(true)
    }

    /// Ends a run that read no files.
    fn close(self) -> Result<(), IndexError> {
        self.writer.into_inner().unwrap_or_else(PoisonError::into_inner).close()
    }
}
