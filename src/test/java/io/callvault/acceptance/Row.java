// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;

/** One row of a list: when it lies in it, and what it says. Rows change while a program reads. */
class Row {

    private final Object lock;
    private final Instant at;
    private final JsonNode json;

    Row(Object lock, Instant at, JsonNode json) {
        this.lock = lock;
        this.at = at;
        this.json = json;
    }

    Instant at() {
        return at;
    }

    /** As the provider would send it now, in full. */
    JsonNode json() {
        synchronized (lock) {
            return json.deepCopy();
        }
    }

    final void edit(Consumer<ObjectNode> change) {
        synchronized (lock) {
            change.accept((ObjectNode) json);
        }
    }
}
