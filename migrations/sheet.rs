//! A small vocabulary for `create table`, so that a migration reads like the table it makes.
//!
//! Constraint and index names follow from the columns (`uq_stand_edition_id_number`); the store crate maps them to
//! conflicts. Foreign keys, uniques and checks are declared in the create: SQLite cannot add them later.

use sea_orm_migration::prelude::*;

/// A table being declared.
pub struct Sheet {
    name: &'static str,
    table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
    partial: Vec<String>,
}

/// Begins a table.
pub fn table(name: &'static str) -> Sheet {
    Sheet { name, table: Table::create().table(name).to_owned(), indexes: Vec::new(), partial: Vec::new() }
}

impl Sheet {
    /// Adds a column as given.
    pub fn col(mut self, column: &mut ColumnDef) -> Self {
        self.table.col(column);
        self
    }

    /// `id uuid primary key`.
    pub fn id(self) -> Self {
        self.col(ColumnDef::new("id").uuid().not_null().primary_key())
    }

    /// A uuid without reference: a client-made key, or a record of many kinds.
    pub fn uuid(self, name: &'static str) -> Self {
        self.col(ColumnDef::new(name).uuid().not_null())
    }

    /// The same, may be absent.
    pub fn uuid_null(self, name: &'static str) -> Self {
        self.col(ColumnDef::new(name).uuid())
    }

    /// A reference to the `id` of another table.
    pub fn refer(self, name: &'static str, to: &'static str) -> Self {
        self.uuid(name).foreign(name, to)
    }

    /// A reference that may be absent.
    pub fn refer_null(self, name: &'static str, to: &'static str) -> Self {
        self.uuid_null(name).foreign(name, to)
    }

    fn foreign(mut self, name: &'static str, to: &'static str) -> Self {
        self.table.foreign_key(
            ForeignKey::create().name(format!("fk_{}_{name}", self.name)).from(self.name, name).to(to, "id"),
        );
        self
    }

    /// Text columns.
    pub fn text(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).text().not_null()))
    }

    /// Text columns that may be absent.
    pub fn text_null(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).text()))
    }

    /// Text limited to the given codes.
    pub fn code(mut self, name: &'static str, codes: &[&'static str]) -> Self {
        let list = codes.iter().map(|c| format!("'{c}'")).collect::<Vec<_>>().join(", ");
        self.table.check((format!("ck_{}_{name}", self.name), Expr::cust(format!("{name} in ({list})"))));
        self.text(&[name])
    }

    /// 32-bit whole numbers.
    pub fn int(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).integer().not_null()))
    }

    /// The same, may be absent.
    pub fn int_null(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).integer()))
    }

    /// 64-bit whole numbers.
    pub fn big(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).big_integer().not_null()))
    }

    /// The same, may be absent.
    pub fn big_null(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).big_integer()))
    }

    /// Yes or no.
    pub fn flag(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).boolean().not_null()))
    }

    /// Instants (UTC).
    pub fn at(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).timestamp_with_time_zone().not_null()))
    }

    /// The same, may be absent.
    pub fn at_null(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).timestamp_with_time_zone()))
    }

    /// Local days.
    pub fn day(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).date().not_null()))
    }

    /// The same, may be absent.
    pub fn day_null(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).date()))
    }

    /// Opaque documents.
    pub fn json(self, names: &[&'static str]) -> Self {
        names.iter().fold(self, |s, n| s.col(ColumnDef::new(*n).json_binary().not_null()))
    }

    /// Bytes.
    pub fn blob(self, name: &'static str) -> Self {
        self.col(ColumnDef::new(name).blob().not_null())
    }

    /// `version`: raised with every change, so that nobody overwrites what they have not seen.
    pub fn version(self) -> Self {
        self.int(&["version"])
    }

    /// A primary key of several columns.
    pub fn key(mut self, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        index.primary();
        for c in columns {
            index.col(*c);
        }
        self.table.primary_key(&mut index);
        self
    }

    /// No two rows alike in these columns.
    pub fn unique(mut self, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        index.unique().name(format!("uq_{}_{}", self.name, columns.join("_"))).table(self.name);
        for c in columns {
            index.col(*c);
        }
        self.indexes.push(index);
        self
    }

    /// No two rows alike in these columns among those for which `condition` holds.
    pub fn unique_where(mut self, columns: &[&'static str], condition: &str) -> Self {
        self.partial.push(format!(
            "create unique index uq_{0}_{1} on \"{0}\" ({2}) where {condition}",
            self.name,
            columns.join("_"),
            columns.join(", ")
        ));
        self
    }

    /// An index for finding.
    pub fn index(mut self, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        index.name(format!("ix_{}_{}", self.name, columns.join("_"))).table(self.name);
        for c in columns {
            index.col(*c);
        }
        self.indexes.push(index);
        self
    }

    /// Makes the table and its indexes.
    pub async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.table).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        for statement in self.partial {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

/// Adds columns to a table that exists, one statement each: SQLite takes no more at once. They carry no foreign key,
/// which SQLite could not add; the store writes only what it has read.
pub async fn add_columns(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> Result<(), DbErr> {
    for mut column in columns {
        manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
    }
    Ok(())
}
