// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.time.Duration;

/**
 * How a gate begins, before the provider's answers say more.
 *
 * @param limit requests in one window, at least 1
 * @param window its length
 * @param share whole per cent of the budget, 1 to 100, that may be used; it holds for learned limits as well
 */
public record GateSettings(String provider, String group, int limit, Duration window, int share) {}
