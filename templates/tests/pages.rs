//! Every page of the shared rooms renders every sample, in both languages, without a word missing.

use chrono_tz::Asia::Shanghai;

use crate::{
    FormState, Href, Lang, Markup, PortalShell, PublicShell, Shell,
    account::{AccountPage, CodesPage, Part, SetupPage},
    organizer::{search::SearchPage, today::TodayPage},
    public::{Problem, ProblemPage, SecondStepPage, SignInPage},
};

/// A text between tags that looks like a Fluent key.
fn raw_keys(html: &str) -> Vec<String> {
    let texts = html.split('>').filter_map(|part| part.split('<').next()).map(str::trim);
    let key = |text: &&str| {
        let kebab = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        kebab && text.contains('-') && text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-')
    };
    texts.filter(key).map(str::to_owned).collect()
}

#[track_caller]
pub(super) fn speaks(page: &Markup) {
    let found = raw_keys(&page.0);
    assert!(found.is_empty(), "keys instead of words: {found:?}");
    assert!(!page.0.contains(" style="), "styles are classes");
}

#[test]
fn today_renders_every_sample() {
    for lang in Lang::ALL {
        for today in TodayPage::samples() {
            speaks(&TodayPage { today: &today, zone: Shanghai }.render(&Shell::sample(lang)));
        }
    }
}

#[test]
fn today_shows_nothing_the_viewer_may_not_see() {
    let mut shell = Shell::sample(Lang::EN);
    shell.may = vec![domain::access::Permission::EditionRead];
    for today in TodayPage::samples() {
        let html = TodayPage { today: &today, zone: Shanghai }.render(&shell).into_string();
        assert!(!html.contains("/plan/"), "no way into the plan");
        assert!(!html.contains("class=\"tile "), "no figures");
    }
}

#[test]
fn search_renders_every_sample() {
    for lang in Lang::ALL {
        for (query, found) in SearchPage::samples() {
            speaks(&SearchPage { query, found: &found }.render(&Shell::sample(lang)));
        }
    }
}

#[test]
fn signing_in_renders_every_sample() {
    for lang in Lang::ALL {
        for form in SignInPage::samples() {
            for portal in [false, true] {
                speaks(&SignInPage { form: &form, portal }.render(&PublicShell::plain(lang)));
            }
        }
    }
}

#[test]
fn the_second_step_renders_every_sample() {
    for lang in Lang::ALL {
        for form in SecondStepPage::samples() {
            for portal in [false, true] {
                speaks(&SecondStepPage { form: &form, portal }.render(&PublicShell::plain(lang)));
            }
        }
    }
}

#[test]
fn an_account_renders_every_sample_in_both_frames() {
    let refused = FormState::new(&serde_json::json!({}), &[domain::Refusal::invalid("password-wrong").at("current")]);
    for lang in Lang::ALL {
        for account in AccountPage::samples() {
            for said in [None, Some((Part::Password, &refused)), Some((Part::End, &refused))] {
                speaks(&AccountPage { account: &account, portal: false, said }.render(&Shell::sample(lang)));
                speaks(&AccountPage { account: &account, portal: true, said }.render(&PortalShell::sample(lang)));
            }
        }
        let picture = domain::registration::view::Qr { size: 1, dark: vec![true] };
        let form = FormState::empty();
        speaks(
            &SetupPage { secret: "ABCD", picture: &picture, form: &form, portal: true }.render(&Shell::sample(lang)),
        );
        speaks(&CodesPage { codes: &["7bcd-efgh".to_owned()], portal: false }.render(&Shell::sample(lang)));
    }
}

#[test]
fn every_problem_has_words() {
    for lang in Lang::ALL {
        for problem in Problem::ALL {
            let shell = PublicShell::sample(lang);
            let page = ProblemPage { problem, home: Href::new("/"), reference: None, refusals: Vec::new() };
            speaks(&page.render(lang, shell.page(problem.title(lang))));
        }
    }
}
