// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One {@link Budget} for each user and rate group, made when first needed. */
final class Budgets {

    private record Key(String user, RateGroup group) {}

    private final SandboxOptions.Limits limits;
    private final Map<Key, Budget> budgets = new ConcurrentHashMap<>();

    Budgets(SandboxOptions.Limits limits) {
        this.limits = limits;
    }

    Budget of(String user, RateGroup group) {
        return budgets.computeIfAbsent(
                new Key(user, group), key -> new Budget(group, limits.of(group), limits.window(), limits.penalty()));
    }

    BudgetCount count(String user, RateGroup group) {
        Budget budget = budgets.get(new Key(user, group));
        return budget == null ? new BudgetCount(0, 0, 0) : budget.count();
    }

    BudgetCount count() {
        return budgets.values().stream().map(Budget::count).reduce(new BudgetCount(0, 0, 0), BudgetCount::plus);
    }
}
