import path from 'node:path'
import { type ChainAccount, readScenario, setAllowed } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { connectToAct } from '../../../chain/connect-as.ts'
import { tryOut } from '../../../chain/try-out.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { allowArguments, allowOptions } from './options.ts'

type Args = ArgsOf<typeof allowArguments> & ArgsOf<typeof allowOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  if (args.accounts.length === 0) {
    throw new UserError('usage', 'ACCOUNTS is missing: name at least one account', {
      code: 'MISSING_ARGUMENT',
    })
  }
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { scenario, accounts, revoke } = options
  const account = await connectToAct(options, context)
  try {
    // Refuses what is no Scenario with a clear line before anything is sent to it.
    await readScenario(account, { scenario })
    const allow = (by: ChainAccount) => setAllowed(by, { scenario, accounts, allowed: !revoke })
    const data = { scenario, accounts, allowed: !revoke }
    const who = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`
    if (options.dryRun) {
      const text = `${who} could ${revoke ? 'no longer' : 'then'} register in ${scenario}`
      return await tryOut(account, allow, () => ({ data, text }))
    }
    const mined = await allow(account)
    return {
      data: { ...data, transaction: mined.hash },
      text: `${who} ${revoke ? 'may no longer' : 'may now'} register in ${scenario}`,
    }
  } finally {
    await account.close()
  }
}
