// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/**
 * What a budget has seen since the sandbox began.
 *
 * @param requests all requests, refused ones included
 * @param refusals answers 429, whether the budget was spent or a fault said so
 * @param insidePenalty requests that came while a penalty ran and so restarted it; a well-behaved client has none
 */
public record BudgetCount(long requests, long refusals, long insidePenalty) {

    BudgetCount plus(BudgetCount other) {
        return new BudgetCount(
                requests + other.requests, refusals + other.refusals, insidePenalty + other.insidePenalty);
    }
}
