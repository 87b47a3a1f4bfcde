// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.error.ArchiveException;
import io.callvault.error.StopAllException;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Reports;
import io.callvault.spool.SpoolFile;
import io.callvault.store.ObjectPath;
import io.callvault.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads back what is stored and compares it, byte for byte by its hash, with what the ledger knows. */
public final class Verifier implements AutoCloseable {

    private static final int AT_ONCE = 4;

    private final Ledger ledger;
    private final Function<String, Store> stores;
    private final Path directory;
    private final Clock clock;
    private final Pace pace;
    private final Bookmarks bookmarks;
    private final AtomicLong objectsRead = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);

    /**
     * @param stores the store of a target's name
     * @param directory for temporary files; empty, and removed by the caller
     * @param bookmarks where an earlier run was interrupted, and this one may be
     */
    public Verifier(
            Ledger ledger,
            Function<String, Store> stores,
            Path directory,
            Clock clock,
            Pace pace,
            Bookmarks bookmarks) {
        this.ledger = ledger;
        this.stores = stores;
        this.directory = directory;
        this.clock = clock;
        this.pace = pace;
        this.bookmarks = bookmarks;
    }

    /** Objects read until now, for whoever shows how it goes. */
    public long objectsRead() {
        return objectsRead.get();
    }

    /** Bytes read until now. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /**
     * Reads back one customer's items, sidecars and journal at one target, from where an earlier run was interrupted.
     * Blocks for as long as that takes.
     *
     * @param sample which items; their sidecars go with them. The journal is always read whole
     * @param found takes what is wrong, as it is found
     * @throws StopAllException if the ledger or the home cannot be used; a target that cannot be asked is a finding
     */
    public Verification verify(Scope scope, String target, Sample sample, Consumer<Finding> found) {
        Bookmarks.Mark mark = bookmarks.of(scope.customer(), target);
        Run run = new Run(scope, target, sample, found, mark);
        try {
            if (mark == null || !mark.isDone()) {
                run.verify();
            }
        } catch (StopAllException e) {
            throw e;
        } catch (ArchiveException e) {
            run.found(Finding.Kind.UNREADABLE, null, "the target could not be asked: " + e.sentence());
            return run.result(); // asked again by the next run
        }
        run.keep(true);
        return run.result();
    }

    private final class Run {
        private final Scope scope;
        private final String target;
        private final Sample sample;
        private final Consumer<Finding> found;
        private final Store store;
        private final ReadBack readBack;
        private Holdings holdings;
        private long stored;
        private long read;
        private long bytes;
        private long journalObjects;
        private final Set<Finding> findings = new LinkedHashSet<>();
        private String after;
        private String resumeAfter;
        private boolean wasListed;

        private Run(Scope scope, String target, Sample sample, Consumer<Finding> found, Bookmarks.Mark mark) {
            this.scope = scope;
            this.target = target;
            this.sample = sample;
            this.found = found;
            this.store = stores.apply(target);
            this.readBack = new ReadBack(store, directory, pace);
            if (mark != null) {
                mark.findings().forEach(each -> found(each.kind(), each.path(), each.detail()));
                stored = mark.isDone() ? mark.stored() : 0;
                read = mark.read();
                bytes = mark.bytes();
                journalObjects = mark.journalObjects();
                wasListed = mark.isListed();
                after = mark.after();
                resumeAfter = mark.after();
            }
        }

        private void keep(boolean isDone) {
            bookmarks.keep(
                    scope.customer(),
                    target,
                    new Bookmarks.Mark(
                            after, isDone, stored, read, bytes, journalObjects, isListed(), List.copyOf(findings)));
        }

        private boolean isListed() {
            return holdings == null ? wasListed : holdings.isListed();
        }

        private void found(Finding.Kind kind, String path, String detail) {
            Finding finding = new Finding(scope.customer(), target, kind, path, detail);
            if (findings.add(finding)) { // else it was found before the interruption
                found.accept(finding);
            }
        }

        private Verification result() {
            return new Verification(
                    scope.customer(), target, stored, read, bytes, journalObjects, findings.size(), isListed());
        }

        private void verify() {
            holdings = new Holdings(store, scope.prefix(), workers, clock);
            ChainCheck chainCheck = new ChainCheck(scope.customer(), target, readBack, directory, this::found);
            // Listed before the ledger is read: what another process publishes meanwhile is then not taken for a stranger's.
            Map<Long, String> listed = holdings.isListed() ? chainCheck.listed(store) : Map.of();
            LedgerPages.items(ledger.reports(), scope.customer(), target, this::page);
            if (resumeAfter != null) {
                // The item where it was interrupted is not in this ledger: nothing can be said of what lies before it.
                resumeAfter = null;
                stored = 0;
                LedgerPages.items(ledger.reports(), scope.customer(), target, this::page);
            }
            List<Reports.ChainLink> chain = LedgerPages.chain(ledger.reports(), scope.customer(), target);
            chain.forEach(link -> holdings.explain(link.key()));
            listed.values().forEach(holdings::explain); // told by the chain's own check
            chainCheck.check(chain, listed);
            journalObjects = chainCheck.objects();
            bytes += chainCheck.bytes();
            holdings.unexplained(
                    scope.customer(), path -> found(Finding.Kind.EXTRA, path, "it is not in the ledger"));
        }

        private void page(List<Reports.Item> page) {
            Map<String, Future<List<Finding>>> results = new LinkedHashMap<>();
            holdings.prepare(List.of());
            for (Reports.Item item : page) {
                boolean isHere = item.receipt() != null && item.receipt().isStored();
                if (!item.state().equals("stored")) {
                    explain(item.plannedPath());
                }
                if (isHere) {
                    explain(item.receipt().path());
                }
                if (!scope.contains(item.startedAt())) {
                    continue;
                }
                if (isHere) {
                    stored++;
                    if (isBehind(item.item())) {
                        continue;
                    }
                    if (sample.takes(item.item())) {
                        results.put(item.item(), workers.submit(() -> item(item)));
                    } else if (holdings.isListed()) {
                        present(item);
                    }
                }
            }
            results.forEach((item, result) -> {
                List<Finding> wrong = Answers.of(result);
                read++;
                wrong.forEach(each -> found(each.kind(), each.path(), each.detail()));
                after = item;
                keep(false);
            });
        }

        /** Verified before the interruption. */
        private boolean isBehind(String item) {
            boolean isBehind = resumeAfter != null;
            if (item.equals(resumeAfter)) {
                resumeAfter = null;
            }
            return isBehind;
        }

        private void explain(String path) {
            if (path != null) {
                holdings.explain(path);
                holdings.explain(ObjectPath.sidecar(path));
            }
        }

        /** One that is not read back is looked for at least. */
        private void present(Reports.Item item) {
            for (String path : List.of(
                    item.receipt().path(), ObjectPath.sidecar(item.receipt().path()))) {
                if (holdings.length(path, item.receipt().storedAt()) == null) {
                    found(Finding.Kind.MISSING, path, "it is not there");
                }
            }
        }

        private List<Finding> item(Reports.Item item) {
            List<Finding> wrong = new ArrayList<>();
            Reports.ItemReceipt receipt = item.receipt();
            compare(receipt.path(), receipt.length(), receipt.sha256(), wrong);
            String sidecar = ObjectPath.sidecar(receipt.path());
            if (item.sidecarLength() == null) {
                wrong.add(new Finding(
                        null,
                        null,
                        Finding.Kind.UNREADABLE,
                        sidecar,
                        "the ledger does not have the record that it is to be compared with"));
                return wrong;
            }
            byte[] raw = ledger.raw(scope.customer(), item.feed(), item.recordId(), item.revision())
                    .getBytes(StandardCharsets.UTF_8);
            compare(sidecar, raw.length, SpoolFile.sha256(raw), wrong);
            return wrong;
        }

        private void compare(String path, long length, String sha256, List<Finding> findings) {
            ReadBack.Bytes there = readBack.read(path);
            if (there == null) {
                findings.add(new Finding(null, null, Finding.Kind.MISSING, path, "it is not there"));
                return;
            }
            objectsRead.incrementAndGet();
            bytesRead.addAndGet(there.length());
            synchronized (this) {
                bytes += there.length();
            }
            if (there.length() != length) {
                findings.add(new Finding(
                        null, null, Finding.Kind.ALTERED, path, "it has " + there.length() + " instead of " + length + " bytes"));
            } else if (!there.sha256().equals(sha256)) {
                findings.add(new Finding(
                        null, null, Finding.Kind.ALTERED, path, "SHA-256 is " + there.sha256() + " instead of " + sha256));
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
