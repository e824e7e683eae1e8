import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/** Asks a DuckDB in memory, and prints the rows with their values parted by a bar; in a last line how long that took, ns. */
public final class DuckDbQuery {
    private DuckDbQuery() {}

    /** @param arguments the query */
    public static void main(final String[] arguments) throws SQLException {
        final long begin = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(arguments[0])) {
            final int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                final StringJoiner line = new StringJoiner("|");
                for (int column = 1; column <= columns; column++) {
                    line.add(rows.getString(column));
                }
                System.out.println(line);
            }
        }
        System.out.println(System.nanoTime() - begin);
    }
}
