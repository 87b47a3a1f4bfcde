// SPDX-License-Identifier: Apache-2.0
/**
 * The words of Callvault as records without behaviour to speak of: feed, record, item, window, receipt; and how
 * durations and sizes are written. Knows nothing.
 */
package io.callvault.model;
