"""Talks to the fine-tuned model at a terminal."""
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("meta-llama/Llama-3.1-8B")
model = AutoModelForCausalLM.from_pretrained("./out")

while (line := input("> ")) != "":
    tokens = tokenizer(line, return_tensors="pt")
    print(tokenizer.decode(model.generate(**tokens, max_new_tokens=200)[0]))
