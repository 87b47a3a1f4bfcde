// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.config.ReleaseSettings;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.journal.Journal;
import io.callvault.json.ExactJson;
import io.callvault.ledger.DueReceipt;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.ledger.Plan;
import io.callvault.ledger.Releases;
import io.callvault.ledger.Selection;
import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Receipt;
import io.callvault.model.ReleaseMode;
import io.callvault.model.Window;
import io.callvault.spool.Spool;
import io.callvault.spool.SpoolFile;
import io.callvault.store.KameletTargets;
import io.callvault.store.Store;
import io.callvault.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A provider, a machine whose clock may be wrong, three directories, and what happens to them by chance. The ledger, the
 * targets, the journals and the decision are the real ones. What knows the truth stands at the provider and looks at all
 * targets at the moment when something is to go.
 *
 * <p>One thing cannot be seen by anybody and does not happen here: bytes that change in the seconds between being read back and
 * the request, keeping their length. And the calls are recent when they are archived, because how far a clock was behind from
 * the beginning shows only in the time of the call.
 */
final class SequenceWorld implements AutoCloseable {

    private static final FeedPart CALLS = FeedPart.whole("acme", "calls");
    private static final List<String> ALL = List.of("nas", "vault", "attic");
    private static final Duration YOUNG_CALL = Duration.ofHours(1);

    /** The process ends here. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record Truth(byte[] bytes, byte[] sidecar, Instant storedAt, Instant startedAt, boolean isExcluded) {}

    private final Path directory;
    private final Random random;
    private final KameletTargets kamelets = new KameletTargets("file");
    private final Map<String, Store> real = new HashMap<>();
    private final Set<String> down = new TreeSet<>();
    private final SettableClock machine = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Map<String, Truth> truth = new TreeMap<>();
    private final Set<String> atProvider = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private final StringBuilder story = new StringBuilder();
    private final Spool spool;
    private Instant now = machine.instant();
    private Duration offset = Duration.ZERO;
    private Ledger ledger;
    private List<String> targets = List.of("nas", "vault");
    private Duration after = Duration.ofDays(1);
    private long max = 3;
    private List<ReleaseSettings.Days> holds = List.of();
    private boolean isExcluding;
    private int untilCrash = Integer.MAX_VALUE;
    private int items;
    private int gone;

    SequenceWorld(Path directory, long seed) throws Exception {
        this.directory = directory;
        this.random = new Random(seed);
        this.spool = new Spool(directory.resolve("spool"));
        for (String target : ALL) {
            real.put(target, kamelets.open(target, Map.of("directory", directory.resolve(target).toString())));
        }
        reopen();
    }

    List<String> violations() {
        return violations;
    }

    String story() {
        return story.toString();
    }

    /** What the provider still has. */
    Set<String> left() {
        return atProvider;
    }

    /** What of that may never go: it is damaged somewhere, or a rule excludes it. */
    Set<String> damaged() {
        Set<String> damaged = new TreeSet<>();
        for (String item : atProvider) {
            boolean isWhole = targets.stream().allMatch(target -> isWhole(item, target));
            if (!isWhole || truth.get(item).isExcluded()) {
                damaged.add(item);
            }
        }
        return damaged;
    }

    void step() {
        now = now.plus(Duration.ofMinutes(random.nextInt(600)));
        tick();
        int dice = random.nextInt(100);
        if (dice < 25) {
            archive();
        } else if (dice < 32) {
            damage();
        } else if (dice < 40) {
            String target = ALL.get(random.nextInt(ALL.size()));
            tell((down.remove(target) || !down.add(target)) ? target + " is up" : target + " is down");
        } else if (dice < 47) {
            offset = random.nextBoolean() ? Duration.ZERO : Duration.ofHours(random.nextInt(960) - 480);
            tell("the clock is " + offset + " off");
        } else if (dice < 57) {
            settings();
        } else if (dice < 72) {
            untilCrash = random.nextInt(3) == 0 ? random.nextInt(40) : Integer.MAX_VALUE;
            guarded(() -> tell("rehearsed " + releasing().rehearse().items().size()));
        } else {
            if (random.nextInt(2) == 0) {
                // Somebody mends what can be mended and looks what would go.
                down.clear();
                offset = Duration.ZERO;
                untilCrash = Integer.MAX_VALUE;
                tick();
                tell("mended, rehearsed " + releasing().rehearse().items().size());
            }
            untilCrash = random.nextInt(3) == 0 ? random.nextInt(60) : Integer.MAX_VALUE;
            release(random.nextInt(3) == 0);
        }
    }

    /** Everything is well, and enough time passes; then a rehearsal and a release name the same, until nothing is left. */
    void mend() {
        down.clear();
        offset = Duration.ZERO;
        untilCrash = Integer.MAX_VALUE;
        holds = List.of();
        isExcluding = true;
        targets = List.of("nas", "vault");
        now = now.plus(Duration.ofDays(60));
        tick();
        for (int i = 0; i < 100; i++) {
            gone = 0;
            Set<String> named = names(releasing().rehearse());
            Result result = releasing().release(hands(false));
            if (!named.equals(names(result))) {
                violations.add("the rehearsal named " + named + ", the release " + names(result));
            }
            if (named.isEmpty()) {
                return;
            }
        }
    }

    private static Set<String> names(Result result) {
        Set<String> names = new TreeSet<>();
        result.items().forEach(item -> names.add(item.item()));
        return names;
    }

    private void tick() {
        machine.set(now.plus(offset));
    }

    private void tell(String what) {
        story.append(what).append("; ");
    }

    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (Crash e) {
            tell("crashed");
            untilCrash = Integer.MAX_VALUE;
            ledger.close();
            reopen();
        }
    }

    private void reopen() {
        ledger = Ledgers.open("jdbc:sqlite:" + directory.resolve("ledger.db"), machine);
    }

    private void settings() {
        switch (random.nextInt(5)) {
            case 0 -> targets = random.nextBoolean() ? List.of("nas", "vault") : List.of("nas", "vault", "attic");
            case 1 -> after = Duration.ofDays(1 + random.nextInt(5));
            case 2 -> max = 1 + random.nextInt(5);
            case 3 -> holds = random.nextBoolean() ? List.of() : List.of(new ReleaseSettings.Days(today(), today()));
            default -> isExcluding = !isExcluding;
        }
        tell("set " + fingerprint());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private String fingerprint() {
        return targets + " " + after + " " + max + " " + holds + " " + isExcluding;
    }

    /** A call that has just ended is listed, fetched, stored and proved at the targets that are configured, if all are up. */
    private void archive() {
        if (targets.stream().anyMatch(down::contains)) {
            return;
        }
        String id = String.format("%03d", ++items);
        String item = "recording/" + id;
        Instant started = now.minus(YOUNG_CALL);
        Instant at = machine.instant();
        String raw = "{\"id\":\"" + id + "\"}";
        ListedItem listed = new ListedItem(item, "recording", "/" + id, "audio/mpeg", null, null);
        ListedRecord record = new ListedRecord(
                id, "Voice", started, null, "inbound", null, null, null, null, true, raw, List.of(listed), null);
        ListingWindow window =
                ledger.openWindow(CALLS, new Window(at.minusSeconds(60), at), at).join();
        ledger.keepPage(window, List.of(new NewRevision(record, ExactJson.sha256(raw), null, Map.of(), "heavy")), 1, null, at)
                .join();
        ledger.claimItems("acme", "heavy", new Selection(null, items, null, null), 10, at).join();
        byte[] bytes = new byte[200 + random.nextInt(200)];
        random.nextBytes(bytes);
        byte[] sidecar = raw.getBytes(StandardCharsets.UTF_8);
        Plan plan = new Plan(path(id), bytes.length, SpoolFile.sha256(bytes), "audio/mpeg", id);
        for (DueReceipt receipt : ledger.plan(new ItemKey("acme", item), plan, targets, at).join()) {
            write(receipt.target(), plan.path(), bytes);
            write(receipt.target(), plan.path() + ".json", sidecar);
            Receipt proof = new Receipt(plan.path(), plan.length(), plan.sha256(), "sha256:" + plan.sha256());
            ledger.stored(receipt, proof, true, at).join();
        }
        truth.put(item, new Truth(bytes, sidecar, now, started, items % 7 == 0));
        atProvider.add(item);
        tell("archived " + id);
    }

    private static String path(String id) {
        return "acme/calls/" + id + ".mp3";
    }

    private Path file(String target, String path) {
        return directory.resolve(target).resolve(path);
    }

    private void write(String target, String path, byte[] bytes) {
        try {
            Path file = file(target, path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of something that the provider still has is altered, cut or lost, at one target; or its sidecar. */
    private void damage() {
        if (atProvider.isEmpty()) {
            return;
        }
        List<String> all = List.copyOf(atProvider);
        String item = all.get(random.nextInt(all.size()));
        String path = path(item.substring("recording/".length())) + (random.nextInt(4) == 0 ? ".json" : "");
        String target = ALL.get(random.nextInt(ALL.size()));
        Path file = file(target, path);
        try {
            if (!Files.exists(file)) {
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            switch (random.nextInt(3)) {
                case 0 -> {
                    bytes[random.nextInt(bytes.length)] ^= 0x40;
                    Files.write(file, bytes);
                }
                case 1 -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
                default -> Files.delete(file);
            }
            tell("damaged " + path + " at " + target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Releasing releasing() {
        ReleaseSettings settings = new ReleaseSettings(ReleaseMode.DELETE, after, max, List.of("calls"), holds);
        Terms terms = new Terms(
                "acme",
                settings,
                ZoneOffset.UTC,
                targets,
                fingerprint(),
                item -> new Terms.Reading(
                        Set.of(item.item()), isExcluding && truth.get(item.item()).isExcluded() ? "a rule" : null));
        Path temporary = directory.resolve("temporary");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Releasing(terms, ledger, this::store, temporary, machine);
    }

    private void release(boolean isFaulty) {
        gone = 0;
        String rehearsed = fingerprint();
        guarded(() -> {
            try {
                Result result = releasing().release(hands(isFaulty));
                tell("released " + gone + (result.failure() == null ? "" : ", " + result.failure().code()));
            } catch (StopAllException e) {
                tell(e.code() + " of " + rehearsed);
            }
        });
    }

    private void maybeCrash() {
        if (--untilCrash < 0) {
            throw new Crash();
        }
    }

    /** The real one, while it is up and the process lives. */
    private Store store(String target) {
        return (Store) java.lang.reflect.Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    maybeCrash();
                    if (down.contains(target) && !method.getName().equals("lists")) {
                        throw new TryAgainException(ErrorCode.STORE_UNREACHABLE, target + " is down");
                    }
                    try {
                        return method.invoke(real.get(target), arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Hands hands(boolean isFaulty) {
        return new Hands() {
            @Override
            public void publish() {
                for (String target : targets) {
                    maybeCrash();
                    new Journal("acme", target, ledger, store(target), spool, machine).publish();
                }
            }

            @Override
            public Instant providerNow() {
                maybeCrash();
                return now;
            }

            @Override
            public List<List<Releases.Candidate>> atOnce(String feed, List<Releases.Candidate> things) {
                int half = things.size() / 2;
                return half == 0
                        ? List.of(things)
                        : List.of(things.subList(0, half), things.subList(half, things.size()));
            }

            @Override
            public Map<String, Outcome> remove(
                    String feed, List<Releases.Candidate> things, Consumer<List<Releases.Candidate>> lastLook) {
                if (isFaulty && random.nextInt(4) == 0) {
                    lose(things.get(0));
                }
                if (isFaulty && random.nextInt(4) == 0) {
                    now = now.plus(Duration.ofMinutes(random.nextInt(90))); // the gate holds it
                    tick();
                }
                Map<String, Outcome> outcomes = new LinkedHashMap<>();
                for (Releases.Candidate thing : things) {
                    maybeCrash();
                    if (isFaulty && random.nextInt(8) == 0) {
                        throw random.nextBoolean()
                                ? new TryAgainException(ErrorCode.PROVIDER_UNREACHABLE, "no answer")
                                : new StopCustomerException(ErrorCode.PERMISSION_MISSING, "may not");
                    }
                    outcomes.put(thing.item(), one(thing, lastLook));
                    if (isFaulty && random.nextInt(8) == 0) {
                        throw new TryAgainException(ErrorCode.PROVIDER_UNREACHABLE, "the answer was lost");
                    }
                }
                return outcomes;
            }

            @Override
            public boolean isHalted() {
                return false;
            }
        };
    }

    /** A target loses something while the request waits. */
    private void lose(Releases.Candidate thing) {
        try {
            Files.deleteIfExists(file(targets.get(random.nextInt(targets.size())), path(thing.recordId())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Hands.Outcome one(Releases.Candidate thing, Consumer<List<Releases.Candidate>> lastLook) {
        try {
            lastLook.accept(List.of(thing));
        } catch (ArchiveException e) {
            if (e instanceof TryAgainException) {
                throw e;
            }
            return new Hands.Outcome(Hands.End.REFUSED, e.code().name(), e.getMessage());
        }
        judge(thing.item());
        maybeCrash();
        if (!atProvider.remove(thing.item())) {
            return new Hands.Outcome(Hands.End.GONE, null, null);
        }
        gone++;
        maybeCrash();
        return new Hands.Outcome(Hands.End.RELEASED, null, null);
    }

    /** By the truth: whether this may go at this moment. */
    private void judge(String item) {
        Truth known = truth.get(item);
        for (String target : targets) {
            if (down.contains(target) || !isWhole(item, target)) {
                violations.add(item + " is not whole at " + target);
            }
        }
        // As far as the two clocks may differ, and as the call may be older than its archive.
        Duration tolerance = YOUNG_CALL.plusMinutes(5);
        if (known.storedAt().plus(after).minus(tolerance).isAfter(now)) {
            violations.add(item + " is stored since " + known.storedAt() + " only and it is " + now);
        }
        LocalDate day = LocalDate.ofInstant(known.startedAt(), ZoneOffset.UTC);
        if (holds.stream().anyMatch(days -> !day.isBefore(days.first()) && !day.isAfter(days.last()))) {
            violations.add(item + " is held");
        }
        if (isExcluding && known.isExcluded()) {
            violations.add(item + " is excluded");
        }
        if (gone >= max) {
            violations.add(item + " is one more than " + max);
        }
        if (ledger.releases().rehearsedAt("acme", fingerprint()).isEmpty()) {
            violations.add(item + " goes unrehearsed");
        }
        Releases.Untold own = new Releases.Untold("calls", item.substring("recording/".length()));
        boolean isBegun = gone > 0; // then the ends of those before may not be published yet, but no intention
        if (!isBegun && ledger.releases().untold("acme", targets).contains(own)) {
            violations.add(item + " is not in every journal");
        }
    }

    private boolean isWhole(String item, String target) {
        Truth known = truth.get(item);
        Path file = file(target, path(item.substring("recording/".length())));
        try {
            return Files.exists(file)
                    && Files.exists(Path.of(file + ".json"))
                    && Arrays.equals(Files.readAllBytes(file), known.bytes())
                    && Arrays.equals(Files.readAllBytes(Path.of(file + ".json")), known.sidecar());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ledger.close();
        kamelets.close();
    }
}
