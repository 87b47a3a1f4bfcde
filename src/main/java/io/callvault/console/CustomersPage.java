// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.CustomerCounts;
import java.util.List;

/** All customers that may be seen. */
public record CustomersPage(List<CustomerCounts> customers) {}
