// SPDX-License-Identifier: Apache-2.0
package io.callvault.release;

import io.callvault.audit.Finding;
import io.callvault.audit.ReadBack;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Releases;
import io.callvault.model.ItemKey;
import io.callvault.spool.SpoolFile;
import io.callvault.store.ObjectPath;
import io.callvault.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads items back, with the record beside each, and compares them with what the ledger knows. */
final class Proving {

    private final String customer;
    private final List<String> targets;
    private final Ledger ledger;
    private final Function<String, Store> stores;
    private final Path directory;
    private final Map<String, Store> open = new HashMap<>();
    private final Map<String, ReadBack> readBacks = new HashMap<>();

    Proving(Terms terms, Ledger ledger, Function<String, Store> stores, Path directory) {
        this.customer = terms.customer();
        this.targets = terms.targets();
        this.ledger = ledger;
        this.stores = stores;
        this.directory = directory;
    }

    private Store store(String target) {
        return open.computeIfAbsent(target, stores);
    }

    /** Its copies at the configured targets, one at each; empty when one of them has none, or another than the rest. */
    List<Releases.Copy> copies(Releases.Candidate item) {
        List<Releases.Copy> copies = ledger.releases().copies(new ItemKey(customer, item.item())).stream()
                .filter(copy -> targets.contains(copy.target()))
                .toList();
        boolean areAlike = copies.stream()
                        .map(copy -> copy.length() + " " + copy.sha256())
                        .distinct()
                        .count()
                == 1;
        return copies.size() == targets.size() && areAlike ? copies : List.of();
    }

    /**
     * Reads an item and its sidecar back from every target.
     *
     * @return what is wrong; empty when it is proved everywhere
     * @throws io.callvault.error.ArchiveException if a target cannot be asked
     */
    List<Finding> findings(Releases.Candidate item, List<Releases.Copy> copies) {
        byte[] raw = ledger.raw(customer, item.feed(), item.recordId(), item.revision())
                .getBytes(StandardCharsets.UTF_8);
        String sidecar = SpoolFile.sha256(raw);
        List<Finding> findings = new ArrayList<>();
        for (Releases.Copy copy : copies) {
            compare(copy.target(), copy.path(), copy.length(), copy.sha256(), findings);
            compare(copy.target(), ObjectPath.sidecar(copy.path()), raw.length, sidecar, findings);
        }
        return findings;
    }

    private void compare(String target, String path, long length, String sha256, List<Finding> findings) {
        ReadBack.Bytes there = readBacks
                .computeIfAbsent(target, name -> new ReadBack(store(name), directory))
                .read(path);
        if (there == null) {
            findings.add(new Finding(customer, target, Finding.Kind.MISSING, path, "it is not there"));
        } else if (there.length() != length || !there.sha256().equals(sha256)) {
            findings.add(new Finding(
                    customer,
                    target,
                    Finding.Kind.ALTERED,
                    path,
                    "it has " + there.length() + " bytes with SHA-256 " + there.sha256() + " instead of " + length + " with "
                            + sha256));
        }
    }

    /** Whether every copy is still there, by its length; asked last of all before the provider is. */
    boolean isThere(List<Releases.Copy> copies) {
        return copies.stream()
                .allMatch(copy -> store(copy.target())
                        .stat(copy.path())
                        .filter(found -> found.length() == copy.length())
                        .isPresent());
    }
}
