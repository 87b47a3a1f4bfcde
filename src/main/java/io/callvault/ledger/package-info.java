// SPDX-License-Identifier: Apache-2.0
/**
 * The database of what is known, what is due and what is proved. Everything that must survive a crash is here, and every
 * result is reported only after the commit that holds it. Knows no provider and no store.
 */
package io.callvault.ledger;
