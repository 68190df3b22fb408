import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type ChainAccount, submitModel } from '@fednode/contracts'
import { cidOfBlob, createBlobStore, digestOfCid, taskScope, UserError } from '@fednode/protocol'
import { encodeArenaModel } from '../../../arena/arena-model.ts'
import { checkTaskPlan } from '../../../arena/check-task-plan.ts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { decodeModel } from '../../../model/decode-model.ts'
import { readPlanFile } from '../../../plan/read-plan-file.ts'
import { scenarioPaths } from '../../../runtime/scenario-directory.ts'
import { taskWords } from '../../stake/stake-place.ts'
import { findTask } from '../find-task.ts'
import type { submitArguments, submitOptions } from './options.ts'

type Args = ArgsOf<typeof submitArguments> & ArgsOf<typeof submitOptions>
type Options = Resolved<Args> & { readonly files: Record<'model' | 'manifest', string> }

export function init(args: Args, context: Context): Options {
  const at = (file: string): string => path.resolve(context.cwd, file)
  const files = { model: at(args.model), manifest: at(args.manifest) }
  return { ...withDirectory(args, context), files }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { files } = options
  const plan = await readPlanFile(files.manifest)
  return inNetwork(options, context, async (account, network) => {
    const { number: task, task: found } = await findTask(account, network, options.task)
    checkTaskPlan(plan, found.terms)
    const weights = await decodeModel(await readFile(files.model), plan.manifest, options.model)
    const scope = taskScope(task)
    const bytes = encodeArenaModel(weights, { scope, node: account.address })
    const model = digestOfCid(cidOfBlob(bytes))
    if (options.digest !== undefined && options.digest !== model) {
      throw otherDigest(model, options.digest)
    }
    // Where the node of this account (fednode join) gives it to validators.
    const { blobs } = scenarioPaths(options.directory, scope)
    const keep = () => createBlobStore(blobs).put(bytes)
    const { registry } = network.contracts
    const words = taskWords(network, task)
    const data = { task, name: words, model, bytes: bytes.length }
    const deed = {
      foretold: { data, text: `submit model ${model} to task ${words}` },
      question: 'Submit?',
      async act(by: ChainAccount) {
        if (!options.dryRun) await keep()
        const mined = await submitModel(by, { registry, task, model })
        const text = `submitted model ${model} to task ${words}\nfednode join ${words} --role arena-node  gives it to validators; until then nobody can score it.`
        return minedOutcome({ data, text }, mined)
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}

function otherDigest(got: string, wanted: string): UserError {
  return new UserError('refused', `the model's digest is ${got}, not ${wanted}`, {
    code: 'MODEL_DIGEST_MISMATCH',
    hint: 'The digest is of the model as this account submits it: it names task and account.',
  })
}
