use crate::args::Labelling;
use crate::output;
use anyhow::{Context, Result, anyhow, bail};
use onrecord_indexing::{Reader, hexadecimal};
use onrecord_priorities::{Classifier, Classifiers, ImportFormat, Model, Taxonomy};
use std::path::{Path, PathBuf};

/// The word that stands for the built-in taxonomy, where no file has that name.
const BUILT_IN: &str = "default";

/// The text of a taxonomy's file, and its name for messages.
pub(super) struct TaxonomyText {
    pub(super) text: String,
    pub(super) name: String,
}

/// Reads the text of the taxonomy that was named, else of the built-in one.
pub(super) fn taxonomy_text(path: Option<&Path>) -> Result<TaxonomyText> {
    let Some(path) = path.filter(|path| *path != Path::new(BUILT_IN) || path.exists()) else {
        let text = Taxonomy::default_toml().to_owned();
        return Ok(TaxonomyText { text, name: "the built-in taxonomy".to_owned() });
    };
    let extension =
        path.extension().map(|of| of.to_string_lossy().into_owned()).unwrap_or_default();
    if ImportFormat::of_extension(&extension).is_some() {
        bail!(
            "`{}` is a file of another program\nmake a taxonomy of it first: onrecord taxonomy import {0} --output mine.toml",
            path.display()
        );
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the taxonomy `{}`", path.display()))?;
    Ok(TaxonomyText { text, name: path.to_string_lossy().into_owned() })
}

/// Returns the taxonomy that was named, else the built-in one.
pub(super) fn taxonomy_of(path: Option<&Path>) -> Result<Taxonomy> {
    let TaxonomyText { text, name } = taxonomy_text(path)?;
    Ok(Taxonomy::from_toml(&text, &name)?)
}

/// Returns the one taxonomy that was named, else the built-in one.
pub(super) fn only_taxonomy(labelling: &Labelling) -> Result<Taxonomy> {
    match &labelling.taxonomy[..] {
        [] => taxonomy_of(None),
        [only] => taxonomy_of(Some(only)),
        [_, ..] => bail!("this command takes one taxonomy\nname --taxonomy once"),
    }
}

/// Makes the one taxonomy that was named ready to match, see [`classifiers_of`].
pub(super) fn classifier_of(labelling: &Labelling) -> Result<Classifier> {
    let weights = read_weights(&labelling.weights)?;
    let mut classifiers = weighted(vec![only_taxonomy(labelling)?], weights, labelling.rules_only)?;
    classifiers.pop().context("there is no taxonomy")
}

/// Makes taxonomies ready to match: with the weights that were named for them, with those that come
/// with the built-in one, or by their rules alone.
pub(super) fn classifiers_of(labelling: &Labelling) -> Result<Classifiers> {
    let taxonomies = match &labelling.taxonomy[..] {
        [] => vec![Taxonomy::default_taxonomy()],
        named => named.iter().map(|path| taxonomy_of(Some(path))).collect::<Result<_>>()?,
    };
    let weights = read_weights(&labelling.weights)?;
    Ok(Classifiers::new(weighted(taxonomies, weights, labelling.rules_only)?)?)
}

/// Tells whether what an index holds was labelled by these rules and weights, told by their hash.
pub(super) fn is_labelled_by(reader: &Reader, hash: &[u8; 32]) -> bool {
    reader.manifest().description.taxonomy_blake3 == hexadecimal(hash)
}

/// Makes two taxonomies ready to match, each with the weights that were named for it.
pub(super) fn classifiers_of_both(
    [old, new]: [&Path; 2],
    weights: &[PathBuf],
    rules_only: bool,
) -> Result<[Classifiers; 2]> {
    let taxonomies = vec![taxonomy_of(Some(old))?, taxonomy_of(Some(new))?];
    let classifiers = weighted(taxonomies, read_weights(weights)?, rules_only)?;
    let [old, new] =
        <[Classifier; 2]>::try_from(classifiers).map_err(|_| anyhow!("two taxonomies"))?;
    Ok([old.into(), new.into()])
}

/// Weights that were named, and their file.
type NamedWeights = (Model, PathBuf);

fn read_weights(paths: &[PathBuf]) -> Result<Vec<NamedWeights>> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the weights `{}`", path.display()))?;
        Ok((Model::read(&text, &path.to_string_lossy())?, path.clone()))
    };
    paths.iter().map(read).collect()
}

/// Says that a taxonomy which was made of the built-in one has no weights: they are for what that says.
fn note_no_weights(taxonomy: &Taxonomy) {
    let built_in = Taxonomy::default_taxonomy();
    if taxonomy.name() == built_in.name() && taxonomy.hash() != built_in.hash() {
        output::print_message(
            "note: the built-in weights are for the taxonomy as it came, and not used: the rules alone label, unless --weights names others",
        );
    }
}

/// Gives each taxonomy the weights that were learned for it.
fn weighted(
    taxonomies: Vec<Taxonomy>,
    mut weights: Vec<NamedWeights>,
    rules_only: bool,
) -> Result<Vec<Classifier>> {
    let mut classifiers = Vec::with_capacity(taxonomies.len());
    for taxonomy in &taxonomies {
        let rules = Classifier::new(taxonomy);
        let fits = |(model, _): &NamedWeights| rules.clone().with_weights(model.clone()).is_ok();
        classifiers.push(match weights.iter().position(fits) {
            Some(place) => {
                rules.with_weights(weights.remove(place).0).unwrap_or_else(|rules| rules)
            }
            None if rules_only => rules,
            None => {
                note_no_weights(taxonomy);
                Classifier::with_shipped_weights(taxonomy)
            }
        });
    }
    if let Some((_, path)) = weights.first() {
        let names: Vec<&str> = taxonomies.iter().map(Taxonomy::name).collect();
        bail!(
            "the weights `{}` were learned for another taxonomy than `{}` as it is now\nlearn them again: onrecord train LABELS.csv",
            path.display(),
            names.join("`, `")
        );
    }
    Ok(classifiers)
}
