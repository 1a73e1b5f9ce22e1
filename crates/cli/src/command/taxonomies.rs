use crate::args::Labelling;
use anyhow::{Context, Result, bail};
use onrecord_priorities::{Classifier, Model, Taxonomy};
use std::path::Path;

/// The text of a taxonomy's file, and its name for messages.
pub(super) struct TaxonomyText {
    pub(super) text: String,
    pub(super) name: String,
}

/// Reads the text of the taxonomy that was named, else of the built-in one.
pub(super) fn taxonomy_text(path: Option<&Path>) -> Result<TaxonomyText> {
    let Some(path) = path else {
        let text = Taxonomy::default_toml().to_owned();
        return Ok(TaxonomyText { text, name: "the built-in taxonomy".to_owned() });
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the taxonomy `{}`", path.display()))?;
    Ok(TaxonomyText { text, name: path.to_string_lossy().into_owned() })
}

/// Returns the taxonomy that was named, else the built-in one.
pub(super) fn taxonomy_of(path: Option<&Path>) -> Result<Taxonomy> {
    let TaxonomyText { text, name } = taxonomy_text(path)?;
    Ok(Taxonomy::from_toml(&text, &name)?)
}

/// Makes a taxonomy ready to match: with the weights that were named, with those that come with
/// the built-in one, or by its rules alone.
pub(super) fn classifier_of(labelling: &Labelling) -> Result<Classifier> {
    let taxonomy = taxonomy_of(labelling.taxonomy.as_deref())?;
    if labelling.rules_only {
        return Ok(Classifier::new(&taxonomy));
    }
    let Some(path) = &labelling.weights else {
        return Ok(Classifier::with_shipped_weights(&taxonomy));
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the weights `{}`", path.display()))?;
    let model = Model::read(&text, &path.to_string_lossy())?;
    match Classifier::new(&taxonomy).with_weights(model) {
        Ok(classifier) => Ok(classifier),
        Err(_) => bail!(
            "the weights `{}` were learned for another taxonomy than `{}` as it is now\nlearn them again: onrecord train LABELS.csv",
            path.display(),
            taxonomy.name()
        ),
    }
}
