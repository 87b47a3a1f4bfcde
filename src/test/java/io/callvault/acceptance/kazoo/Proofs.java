// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Json;
import io.callvault.acceptance.Proof;
import io.callvault.acceptance.Target;
import io.callvault.acceptance.Target.Stored;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an archive of Kazoo accounts must be, whatever happened on the way to it. */
final class Proofs {

    private Proofs() {}

    /** What belongs to these rows lies there once, with the right bytes, and nothing else does; each with its record. */
    static void storedExactlyOnce(Target target, String customer, Collection<Row> expected) {
        storedAtMostOnce(target, customer, expected);
        stored(target, customer, expected);
    }

    static void stored(Target target, String customer, Collection<Row> expected) {
        Set<String> sums = sums(target, customer);
        assertThat(expected.stream().filter(row -> !sums.contains(row.blob().sha256())))
                .as("not stored of " + customer)
                .isEmpty();
    }

    static void notStored(Target target, String customer, Collection<Row> rows) {
        Set<String> sums = sums(target, customer);
        assertThat(rows.stream().filter(row -> row.blob() != null).filter(row -> sums.contains(
                        row.blob().sha256())))
                .isEmpty();
    }

    static Set<String> sums(Target target, String customer) {
        return target.objects(customer).stream().map(Stored::sha256).collect(Collectors.toSet());
    }

    /** Nothing lies there but these, none of them twice, each with its record beside it and under a decent name. */
    static void storedAtMostOnce(Target target, String customer, Collection<Row> allowed) {
        Map<String, Row> bySum = allowed.stream()
                .filter(row -> row.blob() != null)
                .collect(Collectors.toMap(row -> row.blob().sha256(), row -> row));
        Set<String> sums = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Stored stored : target.objects(customer)) {
            assertThat(bySum).as("a stored item with wrong bytes: " + stored).containsKey(stored.sha256());
            assertThat(sums.add(stored.sha256())).as("stored twice: " + stored).isTrue();
            assertThat(names.add(stored.path().toLowerCase(Locale.ROOT)))
                    .as("a name that differs by case alone: " + stored)
                    .isTrue();
            assertThat(stored.sidecar()).as("the record beside " + stored).isNotNull();
            JsonNode record = Json.read(Target.read(stored.sidecar()));
            assertThat(bySum.get(stored.sha256()).served().stream().anyMatch(row -> holds(record, row)))
                    .as("what Kazoo said of it lies beside " + stored)
                    .isTrue();
            Proof.decentName(stored);
        }
        Proof.journalMatchesObjects(target, customer);
    }

    /** The journal holds each of these rows as it is now, in as many revisions as there were. */
    static void journalHolds(Target target, String customer, Feed feed, Collection<Row> rows) {
        List<JsonNode> records = target.journal(customer).records(feed.key());
        for (Row row : rows) {
            // A reseller is told more of a call, so its form is the one that was sent.
            assertThat(row.served()).as(row + " was listed").isNotEmpty();
            for (JsonNode form : row.served()) {
                assertThat(records.stream().filter(record -> holds(record, form)))
                        .as("revisions like " + form)
                        .hasSize(1);
            }
        }
    }

    /** Nothing but reading, and nothing that no careful asker asks; nobody else was shown a token. */
    static void goodManners(Kazoo kazoo) {
        assertThat(kazoo.violations()).isEmpty();
        assertThat(kazoo.log())
                .as("requests that could change anything")
                .allMatch(asked -> asked.method().equals("GET")
                        || asked.method().equals("PUT") && asked.path().matches("/v2/(api|user)_auth"));
        assertThat(kazoo.log())
                .as("requests that tell nothing a list has not told")
                .noneMatch(asked -> asked.kind() == Asked.Kind.METADATA);
        assertThat(kazoo.storage().tokens()).as("tokens given to a stranger").isEmpty();
    }

    /** After a refusal nobody asks about that account at once again; those who asked before they knew are few. */
    static void noHammering(Kazoo kazoo, Account account, int refusals) {
        Buckets buckets = kazoo.buckets();
        assertThat(buckets.refused(account.id())).as("429 for " + account.name()).isLessThanOrEqualTo(refusals);
        // A machine that does too much at once may hold a request or two back that had been on their way.
        assertThat(buckets.hammered(account.id(), Duration.ofMillis(300), Duration.ofMillis(700)))
                .as("requests soon after a 429")
                .isLessThanOrEqualTo(2);
    }

    /** No secret in anything that was written: configuration, ledger, logs, output, target. */
    static void secretsAreNowhere(KazooScene scene, String... more) {
        List<String> secrets = new java.util.ArrayList<>(scene.kazoo.secrets());
        secrets.addAll(List.of(more));
        assertThat(scene.callvault.filesWith(secrets)).isEmpty();
    }

    private static boolean holds(JsonNode record, JsonNode row) {
        if (record.equals(row)) {
            return true;
        }
        for (JsonNode inner : record) {
            if (inner.isContainerNode() && holds(inner, row)) {
                return true;
            }
        }
        return false;
    }
}
