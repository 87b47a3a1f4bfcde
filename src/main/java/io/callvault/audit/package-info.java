// SPDX-License-Identifier: Apache-2.0
/**
 * What is archived held against what is known: {@code Auditor} compares the ledger with what the targets say they hold,
 * {@code Verifier} reads it back. Both only read. Asks targets and ledger; knows no provider and no lock, because another
 * process may be archiving meanwhile: what that one changes during an audit is never called a gap.
 */
package io.callvault.audit;
