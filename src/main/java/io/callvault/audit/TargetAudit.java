// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.audit.CustomerReport.Gap;
import io.callvault.error.ErrorCode;
import io.callvault.ledger.Reports;
import io.callvault.store.ObjectPath;
import java.util.ArrayList;
import java.util.List;

/** One target against the ledger. */
final class TargetAudit {

    private static final String UNKNOWN = "not in the ledger";

    private final Scope scope;
    private final String target;
    private final List<Gap> gaps;
    private Holdings holdings;
    private boolean isGivenUp;

    TargetAudit(Scope scope, String target, List<Gap> gaps) {
        this.scope = scope;
        this.target = target;
        this.gaps = gaps;
    }

    void holdings(Holdings listed) {
        holdings = listed;
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    void giveUp() {
        isGivenUp = true;
    }

    void items(List<Reports.Item> page) {
        List<String> paths = new ArrayList<>();
        for (Reports.Item item : page) {
            String path = isStoredHere(item) ? item.receipt().path() : item.plannedPath();
            if (scope.contains(item.startedAt()) && path != null && item.state().equals("stored")) {
                paths.add(path);
                paths.add(ObjectPath.sidecar(path));
            }
        }
        holdings.prepare(paths);
        page.forEach(this::item);
    }

    private void item(Reports.Item item) {
        if (!item.state().equals("stored")) {
            explain(item.plannedPath()); // on its way, or given up on it
        }
        if (isStoredHere(item)) {
            explain(item.receipt().path());
            if (scope.contains(item.startedAt())) {
                stored(item, item.receipt());
            }
        } else if (item.state().equals("stored") && scope.contains(item.startedAt())) {
            boolean isThere = item.plannedPath() != null && holdings.length(item.plannedPath(), null) != null;
            if (!isThere) {
                gap(item.item(), "missing: never stored there", ErrorCode.STORE_OBJECT_MISSING);
            } else if (!holdings.isListed()) {
                gap(item.plannedPath(), UNKNOWN, ErrorCode.LEDGER_BEHIND_JOURNAL);
            }
        }
    }

    private static boolean isStoredHere(Reports.Item item) {
        return item.receipt() != null && item.receipt().isStored();
    }

    private void explain(String path) {
        if (path != null) {
            holdings.explain(path);
            holdings.explain(ObjectPath.sidecar(path));
        }
    }

    private void stored(Reports.Item item, Reports.ItemReceipt receipt) {
        String sidecar = ObjectPath.sidecar(receipt.path());
        Long length = holdings.length(receipt.path(), receipt.storedAt());
        Long sidecarLength = holdings.length(sidecar, receipt.storedAt());
        if (length == null) {
            String reason = sidecarLength == null ? "missing, and its sidecar" : "missing";
            gap(item.item(), reason, ErrorCode.STORE_OBJECT_MISSING);
        } else if (length != receipt.length()) {
            gap(item.item(), differs("", length, receipt.length()), ErrorCode.STORE_NOT_PROVED);
        } else if (sidecarLength == null) {
            gap(item.item(), "sidecar missing", ErrorCode.STORE_OBJECT_MISSING);
        } else if (item.sidecarLength() != null && !sidecarLength.equals(item.sidecarLength())) {
            gap(item.item(), differs("sidecar's ", sidecarLength, item.sidecarLength()), ErrorCode.STORE_NOT_PROVED);
        }
    }

    private static String differs(String whose, long there, long proved) {
        return whose + "length differs: " + there + " instead of " + proved + " bytes";
    }

    void chain(List<Reports.ChainLink> chain) {
        holdings.prepare(chain.stream().map(Reports.ChainLink::key).toList());
        long before = 0;
        for (Reports.ChainLink link : chain) {
            holdings.explain(link.key());
            if (link.isPublished() && holdings.length(link.key(), null) == null) {
                gap(link.key(), "missing", ErrorCode.STORE_OBJECT_MISSING);
            }
            if (link.number() != before + 1 && !holdings.isListed()) {
                gap("journal object before " + link.key(), UNKNOWN, ErrorCode.LEDGER_BEHIND_JOURNAL);
            }
            before = link.number();
        }
    }

    void unexplained() {
        holdings.unexplained(scope.customer(), path -> gap(path, UNKNOWN, ErrorCode.LEDGER_BEHIND_JOURNAL));
    }

    private void gap(String item, String reason, ErrorCode code) {
        gaps.add(new Gap(item, target, reason, code.name()));
    }
}
