// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Stands at the provider when something is about to be deleted there, and looks whether it may be. */
public final class Witness {

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();

    /**
     * Each target must hold these very bytes now, and its journal must say that they are stored there and about to be
     * released.
     *
     * @param sums SHA-256 of each item that the deletion concerns
     */
    public void deletes(String customer, Collection<Target> targets, Collection<String> sums) {
        looks.incrementAndGet();
        if (sums.isEmpty()) {
            complaints.add("nothing archived is behind a deletion for " + customer);
        }
        for (Target target : targets) {
            try {
                Map<String, JsonNode> stored = storedBySum(target, customer);
                Set<String> released = released(target.journal(customer));
                for (String sum : sums) {
                    look(customer, target, stored.get(sum), released, sum);
                }
            } catch (RuntimeException | AssertionError e) {
                complaints.add(customer + " at " + target.directory().getFileName() + ": " + e);
            }
        }
    }

    private void look(String customer, Target target, JsonNode stored, Set<String> released, String sum) {
        String where = customer + " at " + target.directory().getFileName() + ": ";
        if (stored == null) {
            complaints.add(where + "the journal calls nothing stored with " + sum);
            return;
        }
        Path file = target.directory().resolve(stored.path("path").asText());
        if (!Files.exists(file) || !Bytes.sha256(Target.read(file)).equals(sum)) {
            complaints.add(where + "not there, or not these bytes: " + stored);
        }
        if (!released.contains(stored.path("item").asText())) {
            complaints.add(where + "no journal says that it is released: " + stored);
        }
    }

    /** How many deletions it has seen coming. */
    public int looks() {
        return looks.get();
    }

    /** What nobody may delete, and was about to be all the same. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The items of which a journal says that they are released, or about to be. */
    public static Set<String> released(Journal journal) {
        return journal.events("released").stream()
                .map(event -> event.path("item").asText())
                .collect(Collectors.toSet());
    }

    /** The journal's events of what is stored, by SHA-256. */
    public static Map<String, JsonNode> storedBySum(Target target, String customer) {
        Map<String, JsonNode> stored = new HashMap<>();
        target.journal(customer).events("stored").forEach(event -> stored.put(
                event.path("sha256").asText(), event));
        return stored;
    }

    /** Every item that {@code release --json} says would go, or went, or was gone: customer and item, with a blank. */
    public static List<String> named(JsonNode json) {
        List<String> named = new ArrayList<>();
        for (JsonNode customer : json.path("customers")) {
            for (JsonNode item : customer.path("items")) {
                if (Set.of("would-go", "released", "gone").contains(item.path("outcome").asText())) {
                    named.add(customer.path("customer").asText() + " " + item.path("item").asText());
                }
            }
        }
        return named.stream().sorted().toList();
    }
}
