//! The icons of the product: Lucide glyphs in one sprite. `assets/build.mjs` reads the names from this file,
//! so an icon exists exactly when it is listed here.

use maud::{Markup, Render, html};

use crate::asset;

macro_rules! icons {
    ($($variant:ident => $name:literal,)*) => {
        /// A glyph of the sprite.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $(#[doc = $name] $variant,)* }

        impl Icon {
            /// Every icon, for the gallery.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name of the glyph in the sprite.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

icons! {
    Activity => "activity",
    Alert => "triangle-alert",
    ArrowDown => "arrow-down",
    ArrowLeft => "arrow-left",
    ArrowRight => "arrow-right",
    ArrowUp => "arrow-up",
    Ban => "ban",
    Badge => "id-card",
    Battery => "battery-low",
    Bell => "bell",
    Building => "building-2",
    Calendar => "calendar-days",
    Camera => "camera",
    Chart => "chart-column",
    Check => "check",
    CheckCircle => "circle-check",
    ChevronDown => "chevron-down",
    ChevronLeft => "chevron-left",
    ChevronRight => "chevron-right",
    Circle => "circle",
    CircleDot => "circle-dot",
    Clipboard => "clipboard-list",
    Clock => "clock",
    Close => "x",
    Contact => "contact",
    Copy => "copy",
    Door => "door-open",
    Download => "download",
    Edit => "pencil",
    External => "external-link",
    Eye => "eye",
    File => "file-text",
    Filter => "list-filter",
    Flag => "flag",
    Gantt => "square-chart-gantt",
    Gate => "scan-line",
    Globe => "globe",
    Hand => "hand",
    Hash => "hash",
    Help => "circle-help",
    History => "history",
    Home => "house",
    Hourglass => "hourglass",
    Inbox => "inbox",
    Info => "info",
    Key => "key-round",
    Languages => "languages",
    Layers => "layers",
    Link => "link",
    List => "list-checks",
    Lock => "lock",
    Mail => "mail",
    Map => "map",
    MapPin => "map-pin",
    Megaphone => "megaphone",
    Menu => "menu",
    Monitor => "monitor",
    Moon => "moon",
    More => "ellipsis",
    Minus => "minus",
    Network => "network",
    Offline => "wifi-off",
    Online => "wifi",
    Package => "package",
    Pause => "pause",
    Phone => "phone",
    Play => "play",
    Plus => "plus",
    Printer => "printer",
    Qr => "qr-code",
    Redo => "redo-2",
    Refresh => "refresh-cw",
    Ruler => "ruler",
    Scan => "scan-qr-code",
    Search => "search",
    Send => "send",
    Settings => "settings",
    Shield => "shield-check",
    SignOut => "log-out",
    SignIn => "log-in",
    Smartphone => "smartphone",
    Sort => "chevrons-up-down",
    Stand => "store",
    Sun => "sun",
    Table => "table-2",
    Target => "target",
    Ticket => "ticket",
    Today => "layout-dashboard",
    Trash => "trash-2",
    Trend => "trending-up",
    Truck => "truck",
    Undo => "undo-2",
    Upload => "upload",
    User => "user",
    UserCheck => "user-check",
    UserPlus => "user-plus",
    Users => "users",
    Wrench => "wrench",
    XCircle => "circle-x",
    Zap => "zap",
}

impl Render for Icon {
    fn render(&self) -> Markup {
        icon(*self)
    }
}

/// The glyph as a decoration: whoever uses it gives the words.
pub fn icon(icon: Icon) -> Markup {
    let href = format!("{}#{}", asset("icons.svg"), icon.name());
    html! {
        svg.icon aria-hidden="true" focusable="false" width="16" height="16" {
            use href=(href) {}
        }
    }
}
