// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.flow.Customer;
import io.callvault.flow.Feed;
import io.callvault.flow.Names;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.Reports;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedRecord;
import io.callvault.provider.Provider;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a customer's {@code path} makes of its newest items, or of made-up ones with hostile names. Asks nobody. */
public final class SamplePaths {

    private static final int EACH = 5;

    private final Configuration configuration;
    private final Clock clock;
    private final Map<String, Provider> providers;
    private final Names names = new Names();

    public SamplePaths(Configuration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.providers = Providers.silent(configuration, clock);
    }

    /** Paths of a customer's newest items; of made-up ones when the ledger knows none. */
    public List<String> of(String id) {
        Customer customer = Providers.customer(
                configuration, id, configuration.resolveTargetSecrets(List.of()), providers, List.of(), clock);
        List<String> paths = new ArrayList<>();
        Optional<Ledger> looked = Ledgers.read(configuration.ledger().value());
        if (looked.isPresent()) {
            try (Ledger ledger = looked.get()) {
                for (Reports.Newest item : ledger.reports().newest(id, EACH)) {
                    ListedRecord record =
                            customer.provider().record(id, item.feed(), item.recordId(), item.raw());
                    paths.add(names.of(
                            customer, item.feed(), record, item.kind(), new ItemKey(id, item.item()), item.type()));
                }
            }
        }
        return paths.isEmpty() ? madeUp(customer) : paths;
    }

    private List<String> madeUp(Customer customer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<ListedRecord> records = List.of(
                record("8800000000001", now, "101", "inbound", "+15105550142", "Ann Example", "+14155550100"),
                record("8800000000002", now, "101", "outbound", "+14155550100", null, "+442071838750"),
                record("8800000000003", null, null, null, null, null, null),
                record("8800000000004", now, "101", "inbound", "../../etc/passwd", "a/b\\c:d*e?\u0007\u202egnp.exe", ".."),
                record("8800000000005", now, "101", "inbound", "\u0645\ud83d\udcde".repeat(200), "CON", "nul.txt"));
        List<String> paths = new ArrayList<>();
        for (Feed feed : customer.feeds()) {
            for (ListedRecord record : records) {
                ItemKey key = new ItemKey(customer.id(), "sample/" + record.id());
                paths.add(names.of(customer, feed.name(), record, "sample", key, "audio/mpeg"));
            }
        }
        return paths;
    }

    private static ListedRecord record(
            String id, Instant startedAt, String extension, String direction, String from, String fromName, String to) {
        return new ListedRecord(
                id, null, startedAt, extension, direction, from, fromName, to, null, true, "{}", List.of(), null);
    }
}
