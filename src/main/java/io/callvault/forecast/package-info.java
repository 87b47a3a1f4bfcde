// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the request budget is enough, and what is lost when it is not. {@link io.callvault.forecast.ForecastInput} takes
 * the numbers from ledger and configuration; the rest is pure calculation and knows nothing but numbers.
 */
package io.callvault.forecast;
