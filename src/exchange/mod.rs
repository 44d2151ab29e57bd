//! Formats of other programs, one file each.
//!
//! May use model, text, number, extract, edit, query, store and `std::fs`. Never contains egui.

pub mod annotated;
pub mod annotations;
mod brat;
mod cas;
mod conll;
pub mod corpus;
mod doccano;
pub mod documents;
pub mod export;
mod html;
pub mod jsonl;
pub mod label_studio;
mod links;
pub mod losses;
mod markup;
mod mentions;
mod periods;
pub mod predictions;
mod record;
pub mod ruler;
mod sdmx_csv;
mod spacy;
pub mod table;
mod tables;
pub mod target;
mod web_annotation;
mod webanno_tsv;
mod words;
mod xbrl;
