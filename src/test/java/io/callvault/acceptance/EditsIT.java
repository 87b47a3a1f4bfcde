// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.acceptance.RateGroups.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose files are edited while it archives. */
class EditsIT {

    private static final String ROUTE = """
            - route:
                id: on-record
                description: Filled in by an operator.
                from:
                  uri: direct:on-record
                  steps:
                    - setVariable:
                        name: exclude
                        constant: private line
            """;

    private final List<Media> expected = new ArrayList<>();

    @Test
    void what_is_changed_takes_effect_what_is_broken_does_not_and_nothing_is_lost_or_doubled(@TempDir Path temporary)
            throws IOException {
        try (Scene scene = new Scene(temporary, "calls")) {
            copy(scene.callvault.installation().resolve("routes"), scene.callvault.folder().resolve("routes"));
            scene.settings.set("customer.acme.schedule", "0/2 * * * * ?");
            expected.addAll(scene.recordedCalls(200));
            // So much to do that all of this happens in the middle of it.
            scene.lookalike.groups().limit(Group.HEAVY, 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
            Company bolt = scene.lookalike.company("100200400");
            scene.credentials("bolt", scene.lookalike.jwt(bolt));
            List<Media> bolts = scene.recordedCalls(bolt, 10);
            String said;
            try (Running service = scene.start("run")) {
                until(service, "something is stored", () -> stored(scene.nas(), "acme") >= 10);

                aCustomerAndATargetAreAdded(scene);
                Target vault = scene.callvault.target("vault");
                until(service, "the new customer is archived", () -> stored(scene.nas(), "bolt") == bolts.size());
                until(service, "the new target has something", () -> stored(vault, "acme") > 0);
                assertThat(stored(scene.nas(), "acme")).as("in the middle of it").isLessThan(expected.size());
                Media later = call(scene, Duration.ofMinutes(50));
                until(service, "a later call is stored", () -> find(scene.nas(), later) != null);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(find(scene.nas(), later))))
                        .as("mode of what is stored after it was changed")
                        .isEqualTo("rw-------");

                Path route = scene.callvault.folder().resolve("routes/own/on-record.camel.yaml");
                Files.writeString(route, ROUTE.replace("steps:", "steps: ["));
                until(service, "the broken route is refused", () -> service.said().lines().anyMatch(line ->
                        line.contains("WARN") && line.contains("on-record")));
                Media meanwhile = call(scene, Duration.ofMinutes(40));
                until(service, "the old one runs on", () -> find(scene.nas(), meanwhile) != null);

                Files.writeString(route, ROUTE);
                Media hidden = theFirstExcluded(scene, service);
                assertThat(scene.lookalike.contentRequests(hidden)).isZero();
                until(service, "everything is everywhere", () -> stored(vault, "acme") == expected.size()
                        && stored(scene.nas(), "acme") == expected.size());
                service.terminate();
                Outcome outcome = service.outcome(Duration.ofSeconds(60));
                assertThat(outcome.exit()).as(outcome.toString()).isZero();
                said = outcome.said();
            }
            for (Target target : List.of(scene.nas(), scene.callvault.target("vault"))) {
                Proof.storedExactlyOnce(target, "acme", expected);
                Proof.journalMatchesObjects(target, "acme");
            }
            assertThat(scene.nas().journal("acme").events("excluded"))
                    .hasSize(1)
                    .allMatch(event -> event.toString().contains("private line"));
            Proof.storedExactlyOnce(scene.nas(), "bolt", bolts);
            assertThat(Stream.concat(expected.stream(), bolts.stream()))
                    .allMatch(media -> scene.lookalike.contentRequests(media) == 1);
            assertThat(scene.lookalike.groups().refused()).isZero();
            Proof.goodManners(scene.lookalike);
            assertThat(said).as("no bug on the way").doesNotContain("INTERNAL");
        }
    }

    private static void aCustomerAndATargetAreAdded(Scene scene) {
        scene.settings
                .customer("bolt", scene.lookalike.base(), "calls", "nas")
                .set("customer.bolt.schedule", "0/2 * * * * ?")
                .set("customer.acme.targets", "nas, vault")
                .set("target.nas.mode", "0600")
                .fileTarget("vault");
        scene.callvault.configure(scene.settings);
    }

    /** Calls come in until one is kept out; those before it are archived. */
    private Media theFirstExcluded(Scene scene, Running service) {
        for (int minutes = 35; minutes > 5; minutes--) {
            Media next = call(scene, Duration.ofMinutes(minutes));
            until(service, "a call is stored or excluded", () -> find(scene.nas(), next) != null || excluded(scene) > 0);
            if (find(scene.nas(), next) == null) {
                expected.remove(next);
                return next;
            }
        }
        throw new AssertionError("the route that was mended has no effect\n" + service.said());
    }

    private static int excluded(Scene scene) {
        Outcome status = scene.callvault.run("status", "--json", "--customer", "acme");
        return status.json().at("/customers/0/items/excluded").asInt();
    }

    private Media call(Scene scene, Duration ago) {
        Media recording = scene.acme.recording();
        expected.add(recording);
        scene.acme.call(scene.ago(ago)).recorded(recording);
        return recording;
    }

    private static Path find(Target target, Media media) {
        return target.objects("acme").stream()
                .filter(stored -> stored.sha256().equals(media.sha256()))
                .map(Target.Stored::file)
                .findFirst()
                .orElse(null);
    }

    private static int stored(Target target, String customer) {
        return target.objects(customer).size();
    }

    private static void until(Running service, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!isSo(condition)) {
            if (System.nanoTime() > end || !service.isAlive()) {
                throw new AssertionError("it never was so that " + what + "\n" + service.said());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** A file that is being written may be gone when it is read. */
    private static boolean isSo(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (UncheckedIOException | AssertionError e) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : Target.files(from)) {
            Path copied = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copied.getParent());
            Files.copy(file, copied);
        }
    }
}
