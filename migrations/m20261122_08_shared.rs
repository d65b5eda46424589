//! Shared ground: the journal, jobs, mails and the search index.

use crate::{migration, sheet::table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

migration!(manager => {
    table("fact")
        .id()
        .uuid_null("edition_id")
        .at(&["at"])
        .text(&["actor_kind"])
        .uuid_null("actor_id")
        .text(&["actor_name", "kind", "subject_kind"])
        .uuid("subject_id")
        .json(&["data"])
        .index(&["subject_id", "id"])
        .index(&["edition_id", "id"])
        .create(manager)
        .await?;
    table("job")
        .id()
        .text(&["kind"])
        .json(&["payload"])
        .at(&["run_at"])
        .int(&["attempts", "max_attempts"])
        .at_null(&["lease_until"])
        .text_null(&["lease_owner", "dedup"])
        .code("state", &["queued", "done", "failed"])
        .text_null(&["last_error"])
        .at(&["created_at"])
        .at_null(&["finished_at"])
        .unique(&["dedup"])
        .index(&["state", "run_at"])
        .create(manager)
        .await?;
    table("mail")
        .id()
        .uuid_null("edition_id")
        .text(&["to_address", "to_name", "locale", "subject", "body_text", "body_html"])
        .json(&["attachments"])
        .code("state", &["queued", "sent", "failed"])
        .at(&["created_at"])
        .at_null(&["sent_at"])
        .index(&["edition_id"])
        .create(manager)
        .await?;
    for statement in search_statements(manager.get_database_backend()) {
        manager.get_connection().execute_unprepared(statement).await?;
    }
});

/// The index itself is the one thing the two databases do differently: FTS5 beside the table, or a tsvector in it.
/// `row_no` gives FTS5 a key that `VACUUM` never renumbers.
fn search_statements(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Sqlite => &[
            "create table search_document (row_no integer primary key autoincrement, id uuid_text not null unique,
             edition_id uuid_text, kind text not null, title text not null, subtitle text not null, link text not null,
             tokens text not null)",
            "create index ix_search_document_edition_id_kind on search_document (edition_id, kind)",
            "create virtual table search_index using fts5(tokens, content='search_document', content_rowid='row_no',
             tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4')",
            "create trigger search_document_added after insert on search_document begin
             insert into search_index(rowid, tokens) values (new.row_no, new.tokens); end",
            "create trigger search_document_removed after delete on search_document begin
             insert into search_index(search_index, rowid, tokens) values ('delete', old.row_no, old.tokens); end",
            "create trigger search_document_changed after update of tokens on search_document begin
             insert into search_index(search_index, rowid, tokens) values ('delete', old.row_no, old.tokens);
             insert into search_index(rowid, tokens) values (new.row_no, new.tokens); end",
        ],
        _ => &[
            "create table search_document (row_no bigserial primary key, id uuid not null unique,
             edition_id uuid, kind text not null, title text not null, subtitle text not null, link text not null,
             tokens text not null,
             vector tsvector generated always as (array_to_tsvector(string_to_array(tokens, ' '))) stored)",
            "create index ix_search_document_edition_id_kind on search_document (edition_id, kind)",
            "create index ix_search_document_vector on search_document using gin (vector)",
        ],
    }
}
