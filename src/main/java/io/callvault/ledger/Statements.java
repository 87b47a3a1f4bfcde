// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements of one connection, each prepared once. For one thread at a time.
 *
 * <p>Values may be null, {@link String}, {@link Integer}, {@link Long}, {@link Boolean} (as 1 and 0), {@link Instant} (as
 * text) and byte arrays. What no database stores in a text (NUL, half a surrogate pair) becomes U+FFFD: such characters
 * come in decoded names, the raw JSON holds them escaped.
 */
final class Statements implements AutoCloseable {

    /** Reads the row that the result stands on. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** @return number of rows changed */
    int update(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, values);
        return statement.executeUpdate();
    }

    /**
     * Runs one statement for each row of values.
     *
     * @return for each, the number of rows changed
     */
    int[] batch(String sql, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        PreparedStatement statement = prepare(sql);
        try {
            for (Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch();
        } finally {
            statement.clearBatch();
        }
    }

    <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, values);
        List<T> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.add(row.of(result));
            }
        }
        return found;
    }

    /** The first row; empty when there is none, or when its value is null. */
    <T> Optional<T> one(String sql, Row<T> row, Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, values);
        try (ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.ofNullable(row.of(result)) : Optional.empty();
        }
    }

    /** {@code (?, ?, ?)} for three. */
    static String marks(int count) {
        return "(" + "?, ".repeat(count - 1) + "?)";
    }

    static Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (value instanceof String text) {
                statement.setString(i + 1, storable(text));
            } else if (value instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Boolean yes) {
                statement.setInt(i + 1, yes ? 1 : 0);
            } else if (value instanceof Instant instant) {
                statement.setString(i + 1, Times.text(instant));
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                throw new IllegalArgumentException("no column holds a " + value.getClass());
            }
        }
    }

    static String storable(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }

    /** Closes the statements, not the connection; each is prepared again when it is asked for. */
    void forget() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException ignored) {
                // It is not used again.
            }
        }
        prepared.clear();
    }

    @Override
    public void close() {
        forget();
    }
}
