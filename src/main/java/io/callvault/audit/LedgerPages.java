// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import io.callvault.ledger.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks through the ledger page by page. */
final class LedgerPages {

    private static final int PAGE = 2000;

    private LedgerPages() {}

    static void records(Reports reports, String customer, Consumer<Reports.Listed> each) {
        String feed = "";
        String id = "";
        List<Reports.Listed> page;
        do {
            page = reports.records(customer, feed, id, PAGE);
            page.forEach(each);
            if (!page.isEmpty()) {
                feed = page.get(page.size() - 1).feed();
                id = page.get(page.size() - 1).id();
            }
        } while (page.size() == PAGE);
    }

    static void items(Reports reports, String customer, String target, Consumer<List<Reports.Item>> each) {
        String after = "";
        List<Reports.Item> page;
        do {
            page = reports.items(customer, target, after, PAGE);
            if (!page.isEmpty()) {
                each.accept(page);
                after = page.get(page.size() - 1).item();
            }
        } while (page.size() == PAGE);
    }

    /** The whole chain: one object for every ten thousand events or five minutes at most. */
    static List<Reports.ChainLink> chain(Reports reports, String customer, String target) {
        List<Reports.ChainLink> chain = new ArrayList<>();
        List<Reports.ChainLink> page;
        do {
            long after = chain.isEmpty() ? 0 : chain.get(chain.size() - 1).number();
            page = reports.chain(customer, target, after, PAGE);
            chain.addAll(page);
        } while (page.size() == PAGE);
        return chain;
    }
}
