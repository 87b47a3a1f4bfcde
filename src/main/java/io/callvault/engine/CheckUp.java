// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.Secrets;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.ledger.GateRecord;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.store.Store;
import io.callvault.store.StoreCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Tries what an archive of some customers will need: home, ledger, secrets, rights at the provider, targets. */
public final class CheckUp {

    /** Less room than this under the home is worth a word: the spool must hold the largest recordings, the ledger grows. */
    private static final long ROOM = 1_000_000_000;

    private final Configuration configuration;
    private final Path directory;
    private final Clock clock;
    private final Consumer<Checked> said;

    /**
     * @param directory in the home, for temporary files; empty, and removed by the caller
     * @param said takes each answer as it is known
     */
    public CheckUp(Configuration configuration, Path directory, Clock clock, Consumer<Checked> said) {
        this.configuration = configuration;
        this.directory = directory;
        this.clock = clock;
        this.said = said;
    }

    /** Looks at everything that these customers use. Signs each of their lanes in once. Blocks. */
    public void run(Collection<String> ids) {
        configuration.warnings().forEach(warning -> said.accept(Checked.warn("configuration", warning)));
        home();
        List<GateRecord> gates = ledger();
        List<String> able = ids.stream().filter(this::hasSecrets).toList();
        if (!able.isEmpty()) {
            providers(able, gates);
        }
        List<String> placed = ids.stream()
                .filter(id -> configuration.resolveTargetSecrets(List.of(id)).problems().isEmpty())
                .toList();
        if (!placed.isEmpty()) {
            targets(placed);
        }
    }

    private void providers(List<String> ids, List<GateRecord> gates) {
        Secrets secrets = configuration.resolveSecrets(ids);
        try (ProviderCheck providers = ProviderCheck.start(configuration, ids, secrets, gates, clock)) {
            ids.forEach(id -> providers.check(id, said));
        } catch (StopAllException e) {
            said.accept(Checked.fail("routes", e.getMessage(), e.code()));
        }
    }

    private void targets(List<String> ids) {
        try (TargetsOnly targets = TargetsOnly.start(configuration, ids)) {
            for (String id : ids) {
                for (String target : configuration.customers().get(id).targets()) {
                    target(id, target, targets.store(target));
                }
            }
        } catch (StopAllException e) {
            said.accept(Checked.fail("targets", e.getMessage(), e.code()));
        }
    }

    private void home() {
        Path home = configuration.home();
        try {
            long room = Disks.Gauge.REAL.free(home);
            String there = String.format(Locale.ROOT, "%s can be written to; %.1f GB are free", home, room / 1e9);
            said.accept(
                    room < ROOM
                            ? Checked.warn("home", there + ", which is little: the spool holds downloads until every target"
                                    + " has them, and the ledger grows")
                            : Checked.ok("home", there));
        } catch (IOException e) {
            said.accept(Checked.warn("home", e.getMessage()));
        }
    }

    /** What is kept of the gates: one that is shut is not knocked at. */
    private List<GateRecord> ledger() {
        try {
            Optional<Ledger> looked = Ledgers.read(configuration.ledger().value());
            if (looked.isEmpty()) {
                said.accept(Checked.ok("ledger", "there is none yet; the first archive makes it"));
                return List.of();
            }
            try (Ledger ledger = looked.get()) {
                List<GateRecord> gates = ledger.gates();
                said.accept(Checked.ok("ledger", configuration.ledger() + " can be read"));
                return gates;
            }
        } catch (ArchiveException e) {
            said.accept(Checked.fail("ledger", e.getMessage(), e.code()));
            return List.of();
        }
    }

    private boolean hasSecrets(String id) {
        CustomerSettings customer = configuration.customers().get(id);
        List<String> problems = new ArrayList<>(configuration.resolveSecrets(List.of(id)).problems());
        problems.forEach(problem -> said.accept(Checked.fail(id, problem, ErrorCode.CONFIGURATION)));
        if (problems.isEmpty()) {
            ZonedDateTime now = clock.instant().truncatedTo(ChronoUnit.SECONDS).atZone(customer.timeZone());
            said.accept(Checked.ok(
                    id,
                    "its secrets are there; its time zone is " + customer.timeZone() + ", where it is now "
                            + DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).format(now)));
        }
        return problems.isEmpty();
    }

    private void target(String id, String target, Store store) {
        String about = id + " at target " + target;
        String path = StoreCheck.path(id);
        StoreCheck check = new StoreCheck(store, id, directory);
        try {
            check.putAndGet();
            said.accept(Checked.ok(about, path + " was put, or was there, and reads back the same"));
            said.accept(
                    check.keepsWhatItHas()
                            ? Checked.ok(about, "other bytes under the same name are refused")
                            : Checked.warn(about, "it overwrites what it has, so that nothing is replaced is best effort"
                                    + " here: switch versioning or a lock on, and give nobody else the right to write"));
            said.accept(
                    store.lists()
                            ? Checked.ok(about, "its objects can be listed")
                            : Checked.warn(about, "its objects cannot be listed: report and verify ask for each by name and"
                                    + " do not notice strange ones, and rebuild looks for the journal day by day"));
        } catch (ArchiveException e) {
            said.accept(Checked.fail(about, e.getMessage(), e.code()));
        } catch (UncheckedIOException e) {
            said.accept(Checked.fail(
                    "home", "Tried to write temporary files in " + directory + " but " + e.getMessage(), ErrorCode.HOME_UNUSABLE));
        }
    }
}
