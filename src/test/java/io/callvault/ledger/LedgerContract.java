// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every database must do. A subclass brings the address of an empty one for each test. */
abstract class LedgerContract implements ListingContract, FetchingContract, StoringContract, WholeContract, ReportsContract, RetentionContract, FallbackContract, RebuildContract, AlarmContract, ReleaseContract, SearchContract {

    private final List<Ledger> opened = new ArrayList<>();
    private Ledger ledger;

    abstract String url();

    @BeforeEach
    void open() {
        ledger = another();
    }

    @AfterEach
    void close() {
        opened.forEach(Ledger::close);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Ledger another() {
        Ledger one = Ledgers.open(url(), Clock.fixed(NOW, ZoneOffset.UTC));
        opened.add(one);
        return one;
    }
}
