// SPDX-License-Identifier: Apache-2.0
/** The words of Callvault as records without behaviour to speak of: feed, record, item, window, receipt. Knows nothing. */
package io.callvault.model;
