//! Asking with plain SQL. Placeholders are `$1`, `$2` … for both databases; a long list of them goes to SQLite as `?`.

use crate::{Backend, Outcome, Reader, Tx};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, TryGetable, Value};

/// A list of bound values: `values![edition.uuid(), name]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$(::sea_orm::Value::from($value)),*] };
}

/// One answered row, read by position.
pub struct Row(QueryResult);

impl Row {
    /// The value of a column, counted from 0.
    ///
    /// # Errors
    /// When its type is another.
    pub fn get<T: TryGetable>(&self, column: usize) -> Outcome<T> {
        Ok(self.0.try_get_by_index(column)?)
    }
}

/// What [`Reader`] and [`Tx`] share: queries written as SQL.
/// Methods are for this crate; a caller outside has no `Value` to bind. Futures are `Send` by declaration: the compiler
/// cannot infer it through a generic `&impl Query` held over an await.
pub trait Query: Sync {
    /// The connection, for entities.
    type Connection: ConnectionTrait + Sync;
    /// The connection, for entities.
    fn connection(&self) -> &Self::Connection;
    /// Which database it is.
    fn backend(&self) -> Backend;

    /// A statement with bound values.
    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        let backend = match self.backend() {
            Backend::Sqlite => DbBackend::Sqlite,
            Backend::Postgres => DbBackend::Postgres,
        };
        let plain = if backend == DbBackend::Sqlite { nameless(sql, values.len()) } else { None };
        Statement::from_sql_and_values(backend, plain.as_deref().unwrap_or(sql), values)
    }

    /// All rows as `T` (columns by name).
    fn all<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Outcome<Vec<T>>> + Send {
        let statement = self.statement(sql, values);
        async move {
            let rows = self.connection().query_all_raw(statement).await?;
            Ok(rows.iter().map(|row| T::from_query_result(row, "")).collect::<Result<_, _>>()?)
        }
    }

    /// The first row as `T`, if there is one.
    fn one<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Outcome<Option<T>>> + Send {
        let statement = self.statement(sql, values);
        async move {
            let row = self.connection().query_one_raw(statement).await?;
            Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
        }
    }

    /// All rows, read by position.
    fn rows(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Outcome<Vec<Row>>> + Send {
        let statement = self.statement(sql, values);
        async move { Ok(self.connection().query_all_raw(statement).await?.into_iter().map(Row).collect()) }
    }

    /// The first column of the first row, if there is one.
    fn scalar<T: TryGetable + Send>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Outcome<Option<T>>> + Send {
        let statement = self.statement(sql, values);
        async move {
            let row = self.connection().query_one_raw(statement).await?;
            Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
        }
    }

    /// Runs a statement; how many rows it touched.
    fn run(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Outcome<u64>> + Send {
        let statement = self.statement(sql, values);
        async move { Ok(self.connection().execute_raw(statement).await?.rows_affected()) }
    }
}

impl Query for Reader {
    type Connection = sea_orm::DatabaseConnection;
    fn connection(&self) -> &Self::Connection {
        &self.db
    }
    fn backend(&self) -> Backend {
        self.backend
    }
}

impl Query for Tx {
    type Connection = sea_orm::DatabaseTransaction;
    fn connection(&self) -> &Self::Connection {
        &self.db
    }
    fn backend(&self) -> Backend {
        self.backend
    }
}

/// Values bound to one `in (…)`.
const PIECE: usize = 400;

/// Asks in pieces: `sql` holds `{}` where the places go; `first` are the values bound before them.
pub(crate) async fn asked<T>(
    db: &impl Query,
    sql: &str,
    first: &[Value],
    list: &[Value],
    mut take: impl FnMut(&Row) -> Outcome<T>,
) -> Outcome<Vec<T>> {
    let mut found = Vec::new();
    for piece in list.chunks(PIECE) {
        let places: Vec<String> = (0..piece.len()).map(|i| format!("${}", i + first.len() + 1)).collect();
        let mut bound = first.to_vec();
        bound.extend(piece.iter().cloned());
        for row in db.rows(&sql.replace("{}", &places.join(", ")), bound).await? {
            found.push(take(&row)?);
        }
    }
    Ok(found)
}

/// Values bound in one statement. Both databases take many more (65,535 and 32,766).
const MOST_VALUES: usize = 960;

/// From so many values on, names of placeholders cost more than they are worth.
const MANY: usize = 16;

/// The statement with `?` for `$1`, `$2` …, where these are many and each stands once, in order. SQLite keeps a list of
/// all `$n` and walks it for each value that is bound: a quarter of the time of mass inserts went there.
fn nameless(sql: &str, values: usize) -> Option<String> {
    if values < MANY {
        return None;
    }
    let mut plain = String::with_capacity(sql.len());
    let mut found = 0;
    // Every second piece is inside quotes, where a `$` is a sign like any other.
    for (at, piece) in sql.split('\'').enumerate() {
        plain.push_str(if at == 0 { "" } else { "'" });
        let mut parts = piece.split('$');
        if at % 2 == 1 {
            plain.push_str(piece);
            continue;
        }
        plain.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let number: usize = part[..part.len() - rest.len()].parse().ok()?;
            found += 1;
            if number != found {
                return None;
            }
            plain.push('?');
            plain.push_str(rest);
        }
    }
    (found == values).then_some(plain)
}

/// Rows of placeholders, `(…), (…)`, counted from 1.
pub(crate) fn placeholders(rows: usize, width: usize) -> String {
    use std::fmt::Write as _;
    let mut list = String::with_capacity(rows * width * 7);
    for row in 0..rows {
        list.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=width {
            list.push_str(if column == 1 { "" } else { ", " });
            let _ = write!(list, "${}", row * width + column);
        }
        list.push(')');
    }
    list
}

/// Rows to be bound: made one by one, while the database works on those before them.
type Rows<'a> = Box<dyn Iterator<Item = Vec<Value>> + Send + 'a>;

/// As many rows as go into one statement, their values one after the other; how many rows that were.
fn take(rows: &mut Rows<'_>, table: &str, width: usize) -> (usize, Vec<Value>) {
    let most = MOST_VALUES / width.max(1);
    let (mut count, mut bound) = (0, Vec::with_capacity(rows.size_hint().0.min(most) * width));
    for row in rows.by_ref().take(most) {
        debug_assert_eq!(row.len(), width, "a row for {table} has another number of values than columns");
        bound.extend(row);
        count += 1;
    }
    (count, bound)
}

impl Tx {
    /// Inserts rows in as few statements as the databases allow. No rows are fine.
    ///
    /// # Errors
    /// When a constraint says no; nothing of this call is then kept once the transaction is dropped.
    pub fn insert<'a>(
        &'a self,
        table: &'a str,
        columns: &[&str],
        rows: impl IntoIterator<Item = Vec<Value>, IntoIter: Send + 'a>,
    ) -> impl Future<Output = Outcome<()>> + Send {
        let quoted = columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
        let sql = move |list: String| format!("insert into \"{table}\" ({quoted}) values {list}");
        let (width, rows): (_, Rows<'a>) = (columns.len(), Box::new(rows.into_iter()));
        async move { self.in_pieces(table, width, rows, sql).await.map(|_| ()) }
    }

    /// Gives columns of many rows new values, in as few statements as the databases allow. The first
    /// column is the key. Answers how many rows were touched.
    ///
    /// # Errors
    /// When a constraint says no; nothing of this call is then kept once the transaction is dropped.
    pub async fn update(&self, table: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> Outcome<u64> {
        let [key, set @ ..] = columns else { return Ok(0) };
        // Both databases name the columns of a list of values column1, column2, …
        let sets: Vec<String> = set.iter().zip(2..).map(|(name, at)| format!("\"{name}\" = v.column{at}")).collect();
        let sets = sets.join(", ");
        let sql = |list: String| {
            format!("update \"{table}\" as t set {sets} from (values {list}) as v where t.\"{key}\" = v.column1")
        };
        self.in_pieces(table, columns.len(), Box::new(rows.into_iter()), sql).await
    }

    /// Runs a statement for each piece of the rows; the next piece is made while the database works on the one before.
    async fn in_pieces(
        &self,
        table: &str,
        width: usize,
        mut rows: Rows<'_>,
        sql: impl Fn(String) -> String + Send,
    ) -> Outcome<u64> {
        let (mut touched, mut text, mut of) = (0, String::new(), 0);
        let mut piece = take(&mut rows, table, width);
        while piece.0 > 0 {
            let (count, bound) = piece;
            if count != of {
                (text, of) = (sql(placeholders(count, width)), count);
            }
            let (run, next) = tokio::join!(biased; self.run(&text, bound), async { take(&mut rows, table, width) });
            touched += run?;
            piece = next;
        }
        Ok(touched)
    }
}

#[cfg(test)]
mod tests {
    use super::{nameless, placeholders};

    #[test]
    fn many_placeholders_in_order_lose_their_names() {
        let sql = format!("insert into t values {} -- it's $5", placeholders(8, 2));
        let plain = nameless(&sql, 16);
        assert_eq!(plain.as_deref().map(|sql| sql.matches('?').count()), Some(16));
        assert_eq!(plain.as_deref().map(|sql| sql.contains("it's $5")), Some(true));
    }

    #[test]
    fn few_and_repeated_and_disordered_ones_keep_them() {
        assert_eq!(nameless("select $1", 1), None);
        let all = placeholders(1, 16);
        assert_eq!(nameless(&format!("select {all}, $1"), 16), None);
        assert_eq!(nameless(&format!("select $2, {all}"), 16), None);
        assert_eq!(nameless(&format!("select {all}"), 17), None);
    }
}
