// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.nio.file.Path;

/**
 * The JDBC URL of the ledger. It may hold a password, so its text form does not show what follows the {@code ?}, nor a
 * user before the host.
 *
 * @param value as the driver takes it; an SQLite file is absolute
 */
public record LedgerUrl(String value) {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public boolean isSqlite() {
        return value.startsWith(SQLITE);
    }

    /** The file of an SQLite ledger; null for any other. */
    public Path sqliteFile() {
        return isSqlite() ? Path.of(value.substring(SQLITE.length()).split("\\?", 2)[0]) : null;
    }

    @Override
    public String toString() {
        return masked(value);
    }

    static String masked(String text) {
        String[] halves = text.split("\\?", 2);
        return Problems.withoutUser(halves[0]) + (halves.length == 2 ? "?***" : "");
    }

    /** @throws IllegalArgumentException for another database, and for SQLite without a file */
    static LedgerUrl parse(String text, Path directory) {
        if (text.startsWith(POSTGRESQL) && text.length() > POSTGRESQL.length()) {
            return new LedgerUrl(text);
        }
        if (!text.startsWith(SQLITE)) {
            throw new IllegalArgumentException();
        }
        String[] halves = text.substring(SQLITE.length()).split("\\?", 2);
        if (halves[0].isBlank() || halves[0].startsWith(":") || halves[0].startsWith("file:")) {
            throw new IllegalArgumentException();
        }
        Path file = directory.resolve(halves[0]).normalize();
        return new LedgerUrl(SQLITE + file + (halves.length == 2 ? "?" + halves[1] : ""));
    }
}
