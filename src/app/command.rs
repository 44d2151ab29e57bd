//! The one table of commands: menus, palette, keys, tooltips and the README are made from it.

use std::fmt;

/// A key, by what is printed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, upper case.
    Letter(char),
    /// A digit.
    Digit(u8),
    /// A function key.
    Function(u8),
    /// Tabulator.
    Tab,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Plus or equals.
    Plus,
    /// Minus.
    Minus,
}

/// A key with its modifiers. `command` is Ctrl, on a Mac ⌘.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    /// Ctrl, on a Mac ⌘.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, on a Mac ⌥.
    pub alt: bool,
    /// The key.
    pub key: Key,
}

impl Chord {
    const fn plain(key: Key) -> Self {
        Self {
            command: false,
            shift: false,
            alt: false,
            key,
        }
    }

    const fn shift(key: Key) -> Self {
        Self {
            shift: true,
            ..Self::plain(key)
        }
    }

    const fn command(key: Key) -> Self {
        Self {
            command: true,
            ..Self::plain(key)
        }
    }

    const fn command_shift(key: Key) -> Self {
        Self {
            shift: true,
            ..Self::command(key)
        }
    }

    const fn alt(key: Key) -> Self {
        Self {
            alt: true,
            ..Self::plain(key)
        }
    }

    const fn alt_shift(key: Key) -> Self {
        Self {
            shift: true,
            ..Self::alt(key)
        }
    }

    /// Whether the chord also types something, so that it must rest while a text field has the focus.
    pub const fn types(self) -> bool {
        !self.command && !self.alt && !matches!(self.key, Key::Function(_))
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let modifiers = [
            (self.command, "Ctrl+"),
            (self.alt, "Alt+"),
            (self.shift, "Shift+"),
        ];
        for (_, name) in modifiers.into_iter().filter(|(held, _)| *held) {
            f.write_str(name)?;
        }
        match self.key {
            Key::Letter(letter) => write!(f, "{letter}"),
            Key::Digit(digit) => write!(f, "{digit}"),
            Key::Function(number) => write!(f, "F{number}"),
            Key::Tab => f.write_str("Tab"),
            Key::Enter => f.write_str("Enter"),
            Key::Escape => f.write_str("Esc"),
            Key::Left => f.write_str("←"),
            Key::Right => f.write_str("→"),
            Key::PageUp => f.write_str("PgUp"),
            Key::PageDown => f.write_str("PgDn"),
            Key::Plus => f.write_str("+"),
            Key::Minus => f.write_str("-"),
        }
    }
}

/// The menu that a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Menu {
    /// Open, save, quit.
    File,
    /// Undo, find.
    Edit,
    /// Decide on numbers.
    Annotate,
    /// What is shown, and how.
    View,
    /// Keys, guidelines.
    Help,
}

impl Menu {
    /// All menus, from left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Annotate, Self::View, Self::Help];

    /// The menu's key in the string tables.
    pub const fn id(self) -> &'static str {
        match self {
            Self::File => "menu.file",
            Self::Edit => "menu.edit",
            Self::Annotate => "menu.annotate",
            Self::View => "menu.view",
            Self::Help => "menu.help",
        }
    }
}

/// What the table says of one command.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its stable id; its words are `command.<id>` and `command.<id>.hint` in the string tables.
    pub id: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its keys: the first is shown, the others work too.
    pub keys: &'static [Chord],
}

macro_rules! commands {
    ($( $(#[$note:meta])* $command:ident = $id:literal in $menu:ident: [ $($chord:expr),* ]; )+) => {
        /// Everything that a person can ask for without pointing at something.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $( $(#[$note])* $command, )+
        }

        /// Every command, in the order of the menus.
        pub const COMMANDS: &[Spec] = &[
            $( Spec { command: Command::$command, id: $id, menu: Menu::$menu, keys: &[ $($chord),* ] }, )+
        ];
    };
}

use Key::{Digit, Enter, Escape, Function, Left, Letter, Minus, PageDown, PageUp, Plus, Right, Tab};

commands! {
    /// Choose report files or a project.
    OpenFiles = "open-files" in File: [Chord::command(Letter('O'))];
    /// Choose a folder of reports or of a project.
    OpenFolder = "open-folder" in File: [Chord::command_shift(Letter('O'))];
    /// Type a path to open.
    OpenPath = "open-path" in File: [Chord::command(Letter('L'))];
    /// Add reports to this project.
    AddReports = "add-reports" in File: [];
    /// Take the open report off the list.
    RemoveReport = "remove-report" in File: [];
    /// Take in what other programs propose.
    ImportSuggestions = "import-suggestions" in File: [];
    /// Take in what other programs decided, into a layer.
    ImportAnnotations = "import-annotations" in File: [];
    /// Write a layer for other programs.
    Export = "export" in File: [];
    /// Name and run the program that proposes decisions.
    Extractor = "extractor" in File: [];
    /// Save the project.
    Save = "save" in File: [Chord::command(Letter('S'))];
    /// Save the project in another place.
    SaveAs = "save-as" in File: [Chord::command_shift(Letter('S'))];
    /// Close the window.
    Quit = "quit" in File: [Chord::command(Letter('Q'))];
    /// Take the last change back.
    Undo = "undo" in Edit: [Chord::command(Letter('Z'))];
    /// Make the change again.
    Redo = "redo" in Edit: [Chord::command_shift(Letter('Z')), Chord::command(Letter('Y'))];
    /// Copy the selected words.
    Copy = "copy" in Edit: [Chord::command(Letter('C'))];
    /// Select the whole report.
    SelectAll = "select-all" in Edit: [Chord::command(Letter('A'))];
    /// Find in this report.
    Find = "find" in Edit: [Chord::command(Letter('F'))];
    /// Find in all reports.
    FindInProject = "find-in-project" in Edit: [Chord::command_shift(Letter('F'))];
    /// Go to the next find.
    FindNext = "find-next" in Edit: [Chord::plain(Function(3))];
    /// Go to the find before.
    FindPrevious = "find-previous" in Edit: [Chord::shift(Function(3))];
    /// Find a command, a report or an indicator.
    Palette = "palette" in Edit: [Chord::command_shift(Letter('P'))];
    /// Go to the next open number.
    NextOpen = "next-open" in Annotate: [Chord::plain(Tab)];
    /// Go to the open number before.
    PreviousOpen = "previous-open" in Annotate: [Chord::shift(Tab)];
    /// Go to the next number.
    NextNumber = "next-number" in Annotate: [Chord::plain(Letter('J')), Chord::alt(Letter('J'))];
    /// Go to the number before.
    PreviousNumber = "previous-number" in Annotate: [Chord::plain(Letter('K')), Chord::alt(Letter('K'))];
    /// Accept what stands in the decision bar.
    Accept = "accept" in Annotate: [Chord::plain(Enter), Chord::command(Enter)];
    /// Dismiss with the last reason.
    Dismiss = "dismiss" in Annotate: [Chord::plain(Letter('X')), Chord::alt(Letter('X'))];
    /// Dismiss and choose the reason.
    DismissAs = "dismiss-as" in Annotate: [Chord::shift(Letter('X')), Chord::alt_shift(Letter('X'))];
    /// Reject the proposal and say what is wrong with it.
    Reject = "reject" in Annotate: [Chord::plain(Letter('R')), Chord::alt(Letter('R'))];
    /// Choose an indicator by typing.
    ChooseIndicator = "choose-indicator" in Annotate: [Chord::plain(Letter('I')), Chord::alt(Letter('I'))];
    /// Edit the fields.
    EditFields = "edit-fields" in Annotate: [Chord::plain(Letter('E')), Chord::alt(Letter('E'))];
    /// Switch between actual and target.
    ToggleNature = "toggle-nature" in Annotate: [Chord::plain(Letter('N')), Chord::alt(Letter('N'))];
    /// Go through what else the name could be.
    OtherName = "other-name" in Annotate: [Chord::plain(Letter('O')), Chord::alt(Letter('O'))];
    /// Go through what else the period could be.
    OtherPeriod = "other-period" in Annotate: [Chord::plain(Letter('P')), Chord::alt(Letter('P'))];
    /// Go through what else the area could be.
    OtherArea = "other-area" in Annotate: [Chord::plain(Letter('L')), Chord::alt(Letter('L'))];
    /// The same decision for all identical numbers of this report.
    SameForAll = "same-for-all" in Annotate: [Chord::plain(Letter('A')), Chord::alt(Letter('A'))];
    /// Open a decided number again.
    Reopen = "reopen" in Annotate: [Chord::plain(Letter('U')), Chord::alt(Letter('U'))];
    /// The selected words name the indicator.
    UseAsName = "use-as-name" in Annotate: [Chord::plain(Letter('W')), Chord::alt(Letter('W'))];
    /// Move the start of the words one character to the left.
    StartLeft = "start-left" in Annotate: [Chord::alt_shift(Left)];
    /// Move the start of the words one character to the right.
    StartRight = "start-right" in Annotate: [Chord::alt_shift(Right)];
    /// Move the end of the words one character to the left.
    EndLeft = "end-left" in Annotate: [Chord::alt(Left)];
    /// Move the end of the words one character to the right.
    EndRight = "end-right" in Annotate: [Chord::alt(Right)];
    /// Tag with the first favourite.
    Favourite1 = "favourite-1" in Annotate: [Chord::plain(Digit(1)), Chord::alt(Digit(1))];
    /// Tag with the second favourite.
    Favourite2 = "favourite-2" in Annotate: [Chord::plain(Digit(2)), Chord::alt(Digit(2))];
    /// Tag with the third favourite.
    Favourite3 = "favourite-3" in Annotate: [Chord::plain(Digit(3)), Chord::alt(Digit(3))];
    /// Tag with the fourth favourite.
    Favourite4 = "favourite-4" in Annotate: [Chord::plain(Digit(4)), Chord::alt(Digit(4))];
    /// Tag with the fifth favourite.
    Favourite5 = "favourite-5" in Annotate: [Chord::plain(Digit(5)), Chord::alt(Digit(5))];
    /// Tag with the sixth favourite.
    Favourite6 = "favourite-6" in Annotate: [Chord::plain(Digit(6)), Chord::alt(Digit(6))];
    /// Tag with the seventh favourite.
    Favourite7 = "favourite-7" in Annotate: [Chord::plain(Digit(7)), Chord::alt(Digit(7))];
    /// Tag with the eighth favourite.
    Favourite8 = "favourite-8" in Annotate: [Chord::plain(Digit(8)), Chord::alt(Digit(8))];
    /// Tag with the ninth favourite.
    Favourite9 = "favourite-9" in Annotate: [Chord::plain(Digit(9)), Chord::alt(Digit(9))];
    /// Go through the numbers of all reports by risk, or back to annotating.
    Review = "review" in Annotate: [Chord::plain(Function(4))];
    /// Put the annotators' layers side by side and make one result of them, or go back to one's own layer.
    Curate = "curate" in Annotate: [Chord::shift(Function(4))];
    /// Accept all suggestions that are listed in the queue.
    AcceptAll = "accept-all" in Annotate: [Chord::command_shift(Enter)];
    /// Go to the next finding of the checks.
    NextFinding = "next-finding" in Annotate: [Chord::plain(Function(5))];
    /// Go to the finding before.
    PreviousFinding = "previous-finding" in Annotate: [Chord::shift(Function(5))];
    /// Let the shown finding stand.
    LetStand = "let-stand" in Annotate: [Chord::plain(Letter('G')), Chord::alt(Letter('G'))];
    /// Edit the indicators.
    Catalogue = "catalogue" in Annotate: [Chord::plain(Function(6))];
    /// Edit the candidate rules.
    Rules = "rules" in Annotate: [Chord::plain(Function(7))];
    /// What decisions have taught the program.
    Memory = "memory" in Annotate: [Chord::plain(Function(12))];
    /// Go to the next report.
    NextReport = "next-report" in View: [Chord::command(PageDown)];
    /// Go to the report before.
    PreviousReport = "previous-report" in View: [Chord::command(PageUp)];
    /// Show or hide the list of reports.
    ToggleReports = "toggle-reports" in View: [Chord::command(Letter('B'))];
    /// Show or hide the inspector.
    ToggleInspector = "toggle-inspector" in View: [Chord::command(Letter('I'))];
    /// Show or hide the table.
    ToggleTable = "toggle-table" in View: [Chord::command(Letter('J'))];
    /// Mark dates, list numbers and names too.
    ToggleMuted = "toggle-muted" in View: [Chord::plain(Letter('M')), Chord::alt(Letter('M'))];
    /// Show what the other annotators have decided, or annotate without seeing it.
    ToggleOthers = "toggle-others" in View: [Chord::plain(Letter('B')), Chord::alt(Letter('B'))];
    /// How far the annotators agree.
    Agreement = "agreement" in View: [Chord::plain(Function(11))];
    /// Larger window.
    ZoomIn = "zoom-in" in View: [Chord::command(Plus)];
    /// Smaller window.
    ZoomOut = "zoom-out" in View: [Chord::command(Minus)];
    /// Normal size.
    ZoomReset = "zoom-reset" in View: [Chord::command(Digit(0))];
    /// Light, dark, or as the system has it.
    SwitchTheme = "switch-theme" in View: [Chord::plain(Function(8))];
    /// Chinese or English.
    SwitchLanguage = "switch-language" in View: [Chord::plain(Function(9))];
    /// Text size, line spacing, column width, annotator.
    Settings = "settings" in View: [Chord::plain(Function(10))];
    /// The keys.
    Keys = "keys" in Help: [Chord::plain(Function(1))];
    /// What the annotators have agreed on.
    Guidelines = "guidelines" in Help: [Chord::plain(Function(2))];
    /// Close what is open in front of the text.
    Dismissal = "close-front" in Help: [Chord::plain(Escape)];
}

impl Command {
    /// The row of the table.
    ///
    /// The table is made from the same list as the enum, in the same order.
    pub const fn spec(self) -> &'static Spec {
        &COMMANDS[self as usize]
    }

    /// The command of a favourite, counted from 0.
    pub fn favourite(place: usize) -> Option<Self> {
        COMMANDS
            .iter()
            .map(|spec| spec.command)
            .filter(|command| command.favourite_place().is_some())
            .nth(place)
    }

    /// Which favourite the command tags with, counted from 0.
    pub const fn favourite_place(self) -> Option<usize> {
        let (first, last) = (Self::Favourite1 as usize, Self::Favourite9 as usize);
        let own = self as usize;
        if first <= own && own <= last {
            Some(own - first)
        } else {
            None
        }
    }

    /// The command of a chord.
    pub fn of_chord(chord: Chord) -> Option<Self> {
        COMMANDS
            .iter()
            .find(|spec| spec.keys.contains(&chord))
            .map(|spec| spec.command)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_rows_stand_at_their_command() {
        let ids: BTreeSet<_> = COMMANDS.iter().map(|spec| spec.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
        for spec in COMMANDS {
            assert_eq!(spec.command.spec().id, spec.id);
        }
    }

    #[test]
    fn no_two_commands_share_a_chord() {
        let mut seen = std::collections::HashMap::new();
        for spec in COMMANDS {
            for chord in spec.keys {
                assert_eq!(seen.insert(*chord, spec.id), None, "{chord} of {}", spec.id);
            }
        }
    }

    #[test]
    fn every_single_key_of_annotating_has_a_twin_that_an_input_method_leaves_alone() {
        for spec in COMMANDS.iter().filter(|spec| spec.menu == Menu::Annotate) {
            let typed = spec
                .keys
                .iter()
                .any(|chord| matches!(chord.key, Letter(_) | Digit(_)) && chord.types());
            let twin = spec.keys.iter().any(|chord| !chord.types());
            assert!(!typed || twin, "{}", spec.id);
        }
    }
}
