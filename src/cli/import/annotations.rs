//! `import --as annotations`: decisions of other programs, into a layer.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Arguments, complain, lock, open, read};
use crate::app::foreign::{self, Foreign, Format, Trouble, Unit, Wanted};
use crate::app::jobs::Watch;
use crate::model::{Annotator, Layer, ReportId};
use crate::store::Part;

/// Carries out the import: 0 when all came in, 1 when something was refused, 2 when the project cannot be changed.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match carry_out(arguments) {
        Ok(foreign) => {
            let words = format!(
                "{} decisions on {} reports, {} were there: {} in place, {} moved, {} ambiguous; {} refused",
                foreign.fresh.len(),
                foreign.layers.len(),
                foreign.there,
                foreign.kept,
                foreign.moved,
                foreign.ambiguous,
                foreign.refused()
            );
            // Whoever reads our output may have had enough; the files are written all the same.
            writeln!(io::stdout().lock(), "{words}").ok();
            ExitCode::from(u8::from(foreign.refused() > 0))
        }
        Err(words) => complain(&words, 2),
    }
}

fn carry_out(arguments: &Arguments) -> Result<Foreign, String> {
    let layer = arguments.layer.as_deref().unwrap_or_default().trim();
    if layer.is_empty() {
        return Err("--layer says whose decisions they are".to_owned());
    }
    let (mut store, opened) = open(&arguments.project)?;
    let _lock = lock(&store)?;
    let wanted = Wanted {
        annotator: Annotator::from(layer),
        format: arguments.format.as_deref().and_then(Format::from_code),
        unit: arguments.unit.as_deref().and_then(Unit::from_code),
    };
    let within = (&opened.project, &opened.texts);
    let foreign = foreign::read(within, &arguments.files, &wanted, &read, &Watch::default());
    for (path, trouble) in &foreign.troubles {
        tell(path, trouble, layer);
    }
    let part = |(id, layer): (&ReportId, &Layer)| {
        let text = Arc::clone(opened.texts.get(id)?);
        Some(Part::Layer {
            annotator: wanted.annotator.clone(),
            report: id.clone(),
            layer: layer.clone(),
            text,
        })
    };
    let parts: Vec<Part> = foreign.layers.iter().filter_map(part).collect();
    store.write(&parts).map_err(|error| error.to_string())?;
    Ok(foreign)
}

fn tell(path: &Path, trouble: &Trouble, layer: &str) {
    let words = match trouble {
        Trouble::Unreadable(words) => words.clone(),
        Trouble::UnknownFormat => {
            let readable = Format::ALL.iter().filter(|format| format.comes_in());
            let known: Vec<&str> = readable.map(|format| format.code()).collect();
            format!("no known format; name one of {} with --format", known.join(", "))
        }
        Trouble::Refused(refused) => format!("{}: {}", refused.at, refused.why),
        Trouble::Otherwise(report, words) => {
            format!("{report}: 「{words}」 is decided on otherwise in the layer `{layer}`")
        }
        Trouble::Ambiguous(words) => {
            format!("「{words}」 could stand in several places; the likeliest was taken")
        }
    };
    complain(&format!("{}: {words}", path.display()), 1);
}
