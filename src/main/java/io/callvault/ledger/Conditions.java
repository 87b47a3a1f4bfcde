// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.util.ArrayList;
import java.util.List;

/** A WHERE clause with its values; only what is asked for stands in it, so that the database may use its indexes. */
final class Conditions {

    private final StringBuilder text;
    private final List<Object> values = new ArrayList<>();

    Conditions(String first) {
        text = new StringBuilder(first);
    }

    Conditions and(String condition, Object value) {
        text.append(" AND ").append(condition);
        values.add(value);
        return this;
    }

    /** Continues a bracket that the last condition opened. */
    Conditions or(String condition, Object value) {
        text.append(" OR ").append(condition);
        values.add(value);
        return this;
    }

    /**
     * @param claimed the table that is claimed from, with {@code next_at} and {@code pass}
     * @param started the table that knows {@code started_at}
     */
    Conditions selected(Selection selection, String claimed, String started) {
        if (selection.dueBy() != null) {
            and("(" + claimed + ".next_at IS NULL OR " + claimed + ".next_at <= ?)", selection.dueBy());
        }
        if (selection.pass() > 0) {
            and(claimed + ".pass <> ?", selection.pass());
        }
        if (selection.from() != null) {
            and(started + ".started_at >= ?", selection.from());
        }
        if (selection.to() != null) {
            and(started + ".started_at < ?", selection.to());
        }
        return this;
    }

    /** A value behind the conditions. */
    Conditions then(Object value) {
        values.add(value);
        return this;
    }

    String text() {
        return text.toString();
    }

    Object[] values() {
        return values.toArray();
    }
}
