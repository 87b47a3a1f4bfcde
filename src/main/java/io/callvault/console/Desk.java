// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.config.Configuration;
import io.callvault.ledger.Ledger;
import io.callvault.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * What the console works with.
 *
 * @param customers ids of those that are archived
 * @param ledger open for writing
 * @param stores by the targets' names
 * @param naming which items a record names
 * @param directory for copies on their way to a browser; it is there
 */
public record Desk(
        Configuration configuration,
        List<String> customers,
        Ledger ledger,
        Function<String, Store> stores,
        Naming naming,
        Path directory,
        Clock clock) {

    /** Reads a record as its provider does. */
    @FunctionalInterface
    public interface Naming {

        /** The items that a record names, in its order. */
        List<String> items(String customer, String feed, String recordId, String raw);
    }

    public Desk {
        customers = List.copyOf(customers);
    }
}
